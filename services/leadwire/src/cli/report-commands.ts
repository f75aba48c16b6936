import { type Command, Option } from "commander";
import { type Commands, collect, examples, wholeNumber } from "./command-line.ts";

const windowForms =
  "all, 24h 30d 90d 365d, day week month quarter year, 2017-Q3, 2017-07, 2017-W14, 2017-07-14 or FROM..TO";

const periods = ["day", "week", "month", "quarter", "year"] as const;

const everyOption = (): Option =>
  new Option("--every <period>", "one row for each").choices([...periods]).default("month");

const limitOption = (): Option =>
  new Option("--limit <n>", "at most so many").argParser(wholeNumber("a whole number", 1, 1_000_000)).default(50);

const withAt = (command: Command): Command =>
  command.option("--at <instant>", "now, latest (the newest event) or an instant", "now");

/** What reports over a window take; `--window` is needed unless a default is given. */
const withScope = (command: Command): Command =>
  withAt(
    command
      .requiredOption("--window <window>", windowForms)
      .addOption(
        new Option("--by <dims>", "apart for each value: team, rep, region, …; several with commas").default("", "all"),
      )
      .addOption(
        new Option("--where <dim=value>", "only these; may be repeated").argParser(collect).default([], "everything"),
      )
      .option("--as-of <instant>", "as the log knew it then, by the time of appending"),
  );

const addFunnel = (commands: Commands): void => {
  withScope(commands.add("funnel", "Every stage of every pipeline: what came, went on, went back and was lost."))
    .option("--pipeline <pipeline>", "only this one")
    .addHelpText("after", examples("funnel --window 90d", "funnel --window 2026-Q1 --by team --pipeline default"))
    .action(async (options) => commands.run((await import("./commands/funnel.ts")).funnel, options));
};

const addCohorts = (commands: Commands): void => {
  withScope(commands.add("cohorts", "A rate by the period in which leads or customers began, and by their age since."))
    .argument("<metric>", "conversion_rate, lead_to_opportunity, retention_rate, churn_rate or nrr")
    .addOption(everyOption())
    .addOption(new Option("--ages <n>", "at most so many").argParser(wholeNumber("a whole number", 1, 400)).default(13))
    .addHelpText(
      "after",
      examples("cohorts conversion_rate --window 365d", "cohorts churn_rate --window all --every quarter --by segment"),
    )
    .action(async (metric, options) =>
      commands.run((await import("./commands/cohorts.ts")).cohorts, { ...options, metric }),
    );
};

const addWaterfall = (commands: Commands): void => {
  withScope(commands.add("waterfall", "The open pipeline between two instants: exits with 1 unless it adds up."))
    .option("--closing <period>", "only deals expected to close in it, such as quarter or 2026-Q1", "all")
    .option("--deals", "deal by deal, too")
    .addOption(limitOption())
    .addHelpText(
      "after",
      "\nstart + created + reopened + pulled in ± changed − slipped − won − lost = end. Pulled in and slipped: the expected" +
        "\nclose moved into the period of --closing, or out of it.",
    )
    .addHelpText(
      "after",
      examples(
        "waterfall --window 2026-02",
        "waterfall --window 2026-01-01..2026-02-01 --closing 2026-Q1 --deals",
        "waterfall --window quarter --by rep",
        "waterfall --window 2026-03 --as-of 2026-04-01",
      ),
    )
    .action(async (options) => commands.run((await import("./commands/waterfall.ts")).waterfall, options));
};

const addMovements = (commands: Commands): void => {
  withScope(commands.add("movements", "Monthly recurring revenue, period by period: exits with 1 unless it adds up."))
    .addOption(everyOption())
    .addHelpText("after", examples("movements --window 365d", "movements --window all --every quarter --by segment"))
    .action(async (options) => commands.run((await import("./commands/movements.ts")).movements, options));
};

const addQuality = (commands: Commands): void => {
  withAt(commands.add("quality", "What is missing or odd in the data, how much of it, and whether it gets better."))
    .option("--window <window>", windowForms, "all")
    .option("--list <check>", "what one check found, and the fix")
    .addOption(limitOption())
    .addHelpText("after", examples("quality --window 30d", "quality --list overdue_closes"))
    .action(async (options) => commands.run((await import("./commands/quality.ts")).quality, options));
};

const addExplain = (commands: Commands): void => {
  withAt(
    commands
      .add("explain", "The facts behind a number, and the events behind each: exits with 1 unless they add up.")
      .argument("<metric>", "such as win_rate or lead_response_time.p90")
      .requiredOption("--window <window>", windowForms)
      .addOption(
        new Option("--group <dim=value>", "this group's number; may be repeated")
          .argParser(collect)
          .default([], "the company's"),
      )
      .addOption(
        new Option("--where <dim=value>", "only these; may be repeated").argParser(collect).default([], "everything"),
      ),
  )
    .option("--as-of <instant>", "as the log knew it then, by the time of appending")
    .addOption(
      new Option("--limit <n>", "facts shown of each part; their sum is over all")
        .argParser(wholeNumber("a whole number", 1, 10_000))
        .default(20),
    )
    .addHelpText(
      "after",
      examples(
        "explain win_rate --window 2026-03 --group team=north",
        "explain pipeline_value --window 2026-03 --as-of 2026-04-01",
      ),
    )
    .action(async (metric, options) =>
      commands.run((await import("./commands/explain.ts")).explain, { ...options, metric }),
    );
};

const addRestatements = (commands: Commands): void => {
  commands
    .add("restatements", "Numbers of closed periods that later events changed: before, after, when and by which event.")
    .requiredOption("--since <instant>", "changes appended from then on, such as 2026-04-01")
    .option("--metric <metric>", "only this one, such as sales or win_rate.by_value")
    .option("--window <window>", "only periods in it, such as 2026-Q1")
    .addOption(new Option("--period <period>", "what is closed").choices(["month", "quarter", "year"]).default("month"))
    .addOption(
      new Option("--limit <n>", "at most so many, the newest first")
        .argParser(wholeNumber("a whole number", 1, 1_000))
        .default(50),
    )
    .addHelpText(
      "after",
      "\nA period is closed after its end and the grace of leadwire.yaml. An import is one entry for each number.",
    )
    .addHelpText(
      "after",
      examples("restatements --since 2026-04-01", "restatements --since 2026-01-01 --metric sales --window 2025"),
    )
    .action(async (options) => commands.run((await import("./commands/restatements.ts")).restatements, options));
};

/** Reports over the facts: each a command, and `GET /api/reports/NAME` with the same arguments. */
export const addReports = (commands: Commands): void => {
  addFunnel(commands);
  addCohorts(commands);
  addWaterfall(commands);
  addMovements(commands);
  addQuality(commands);
  addExplain(commands);
  addRestatements(commands);
};
