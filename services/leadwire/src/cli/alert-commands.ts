import { type Command, Option } from "commander";
import { type Commands, collect, examples, wholeNumber } from "./command-line.ts";

const addCheck = (commands: Commands, alerts: Command): void => {
  commands
    .add("check", "Read the rules: what each watches, when it fires and who is told, or what is wrong.", alerts)
    .argument("[files...]", "rule files (default: all of the folder alerts/ beside the config)")
    .addHelpText("after", "\nExits with 1 where something is wrong, with file, line, column and what to write instead.")
    .addHelpText("after", examples("alerts check", "alerts check alerts/sales.yaml alerts/notifications.yaml --json"))
    .action(async (files, options) =>
      commands.run((await import("./commands/alerts/check.ts")).checkAlerts, { ...options, files }),
    );
};

const addTrying = (commands: Commands, alerts: Command): void => {
  commands
    .add(
      "test",
      "Play tests of rules: events, and what has to fire at which time. Exits with 1 where it does not.",
      alerts,
    )
    .argument("<files...>", "files of tests")
    .addHelpText("after", examples("alerts test alerts/tests/sales.yaml", "alerts test alerts/tests/*.yaml --json"))
    .action(async (files, options) =>
      commands.run((await import("./commands/alerts/test.ts")).testAlerts, { ...options, files }),
    );
  commands
    .add("backtest", "Play a rule over history, as it was known then: each alert that it would have raised.", alerts)
    .argument("<rule>", "the rule's id")
    .requiredOption("--from <instant>", "the first day or instant; all before it is known, and raises nothing")
    .option("--to <instant>", "the end, excluded", "now")
    .option("--against <file>", "a file with another version of the rule: what it would change")
    .option("--time-limit <duration>", "give up after this long", "10 min")
    .addHelpText(
      "after",
      examples(
        "alerts backtest win-rate-low --from 2026-01-01",
        "alerts backtest unanswered-lead --from 2026-03-01 --to 2026-04-01 --against draft.yaml",
      ),
    )
    .action(async (rule, options) =>
      commands.run((await import("./commands/alerts/backtest.ts")).backtest, { ...options, rule }),
    );
};

const limitOption = (): Option =>
  new Option("--limit <n>", "this many, the newest first").argParser(wholeNumber("a number", 1, 100_000)).default(50);

const authorText = "who says so (default: the user of this machine)";

const addLooking = (commands: Commands, alerts: Command): void => {
  commands
    .add("list", "The alerts that are pending or firing.", alerts)
    .option("--all", "also those that were resolved in the last 24 hours")
    .option("--rule <rule>", "of this rule alone")
    .addHelpText("after", examples("alerts list", "alerts list --all --json"))
    .action(async (options) => commands.run((await import("./commands/alerts/list.ts")).listAlerts, options));
  commands
    .add("history", "What became of alerts: every change of state, with its value and cause.", alerts)
    .option("--rule <rule>", "of this rule alone")
    .option("--from <instant>", "from this instant or day on")
    .option("--to <instant>", "up to this one, excluded")
    .addOption(limitOption())
    .option("--events", "also the events behind each change, and the rule's version")
    .addHelpText("after", examples("alerts history --rule win-rate-low", "alerts history --from 2026-03-02 --events"))
    .action(async (options) => commands.run((await import("./commands/alerts/history.ts")).alertHistory, options));
};

const addSaying = (commands: Commands, alerts: Command): void => {
  commands
    .add("silence", "Tell nobody of alerts that match, for a while; or list silences, or end one.", alerts)
    .argument("[matchers...]", 'LABEL=VALUE, !=, =~ or !~; all have to match, such as team=north rule=~"deal-.*"')
    .option("--for <duration>", "such as 2h or 30 min")
    .option("--until <instant>", "up to this instant")
    .option("--comment <text>", "why")
    .option("--author <name>", authorText)
    .option("--list", "those that are or will be in force")
    .option("--all", "with --list: those that are over, too")
    .option("--end <id>", "end this one now")
    .addHelpText(
      "after",
      "\nBesides the labels of an alert there are rule, rule_set and severity. What still fires when a silence ends is told\nthen.",
    )
    .addHelpText(
      "after",
      examples(
        'alerts silence team=north --for 2h --comment "fair in Leipzig"',
        "alerts silence --list",
        "alerts silence --end s-7f3a19c2",
      ),
    )
    .action(async (matchers, options) =>
      commands.run((await import("./commands/alerts/silence.ts")).silence, { ...options, matchers }),
    );
  commands
    .add("ack", "Say that you look after an alert: no repeats and no escalation until it is resolved.", alerts)
    .argument("<rule>", "as the list names it")
    .addOption(
      new Option("--group <label=value>", "only the alert of this group; may be repeated")
        .argParser(collect)
        .default([], "all that fire"),
    )
    .option("--comment <text>", "what you do about it", "")
    .option("--author <name>", authorText)
    .addHelpText("after", examples('alerts ack win-rate-low --group team=north --comment "talking to them"'))
    .action(async (rule, options) =>
      commands.run((await import("./commands/alerts/ack.ts")).ack, { ...options, rule }),
    );
};

const addTelling = (commands: Commands, alerts: Command): void => {
  commands
    .add("deliveries", "What receivers were told, and what became of it.", alerts)
    .option("--dead", "only what was given up")
    .addOption(limitOption())
    .addHelpText("after", examples("alerts deliveries", "alerts deliveries --dead --json"))
    .action(async (options) => commands.run((await import("./commands/alerts/deliveries.ts")).deliveries, options));
  commands
    .add("resend", "Send a notification again that was given up.", alerts)
    .argument("<key>", "as alerts deliveries --dead lists it")
    .option("--author <name>", authorText)
    .addHelpText("after", examples("alerts resend n-7f3a19c2d4e5f607"))
    .action(async (key, options) =>
      commands.run((await import("./commands/alerts/resend.ts")).resend, { ...options, key }),
    );
};

/** Alerts: their rules, tests and history (docs/alerts.md). */
export const addAlerts = (commands: Commands): void => {
  const alerts = commands.program
    .command("alerts")
    .description("Alerts: rules, their tests, and what became of them.")
    .addHelpText("after", examples("alerts check", "alerts list", "alerts silence team=north --for 2h --comment fair"));
  addCheck(commands, alerts);
  addTrying(commands, alerts);
  addLooking(commands, alerts);
  addSaying(commands, alerts);
  addTelling(commands, alerts);
};
