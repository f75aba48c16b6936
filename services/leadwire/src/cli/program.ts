import { metricNames } from "@leadwire/kpis/metric-names";
import { Argument, type Command, CommanderError, Option } from "commander";
import { addAlerts } from "./alert-commands.ts";
import { addBoards } from "./board-commands.ts";
import { Commands, collect, defaultDataDir, examples, wholeNumber } from "./command-line.ts";
import { type CliContext, CommandFault, ExitCode } from "./context.ts";
import { addReports } from "./report-commands.ts";
import { addTargets } from "./target-commands.ts";
import { addTokens } from "./token-commands.ts";

const portOption = (): Option =>
  new Option("--port <port>", "listen on this port; 0 is any free one (default: 4700, or the next free one)").argParser(
    wholeNumber("a port", 0, 65_535),
  );

/** Four to a line. */
const metricLines = (): string => {
  const names = metricNames();
  const lines = names.flatMap((_, index) => (index % 4 === 0 ? [names.slice(index, index + 4)] : []));
  return lines.map((line) => `  ${line.join(" ")}`).join("\n");
};

const addServing = (commands: Commands): void => {
  commands
    .add("up", "Serve the engine: the page, the API and the door for events.")
    .addOption(portOption())
    .addHelpText("after", examples("up", "up --data-dir sales --port 8080"))
    .action(async (options) => commands.run((await import("./commands/up.ts")).up, options));
  commands
    .add("demo", "Serve a made-up company: 90 days of history, then live events.")
    .addOption(portOption())
    .addHelpText("after", examples("demo"))
    .action(async (options) => commands.run((await import("./commands/demo.ts")).demo, options));
  commands
    .add("run", "Run one service of a cluster: ingest, processor, sink, wallboard, query or alerts.")
    .addArgument(new Argument("<service>").choices(["ingest", "processor", "sink", "wallboard", "query", "alerts"]))
    .addOption(portOption())
    .addHelpText(
      "after",
      "\nThe config says where Kafka and ClickHouse are (docs/operations.md). Run as many of each as you want; a\n" +
        "processor keeps its state in its data folder, the others keep nothing.",
    )
    .addHelpText(
      "after",
      examples(
        "topics apply --config leadwire.yaml",
        "run processor --config leadwire.yaml --data-dir /var/lib/leadwire",
        "run ingest --config leadwire.yaml --port 4701",
      ),
    )
    .action(async (service, options) => commands.run((await import("./commands/run.ts")).run, { ...options, service }));
  commands
    .add("rebuild", "Fold the log anew: after a change to pipelines, people, hours, zone or currency.")
    .option("--dry-run", "build and compare: which numbers will differ, and by how much; nothing serves that did not")
    .option("--back", "let the generation serve again that served before the last rebuild")
    .option("--stop", "end a rebuild that is under way, and delete what it has built")
    .addHelpText(
      "after",
      "\nThe new generation is built beside the one that serves, and takes its place in one step once it has caught up.\n" +
        "Killed in between, nothing has changed; run again, it goes on.",
    )
    .addHelpText("after", examples("rebuild --dry-run", "rebuild --data-dir sales", "rebuild --back"))
    .action(async (options) => commands.run((await import("./commands/rebuild.ts")).rebuild, options));
};

const addImport = (commands: Commands): void => {
  commands
    .add("import", "Import files: CSV with a mapping, or .jsonl as it stands.")
    .argument("<files...>", "the files, in the order given")
    .option("--mapping <name-or-file>", "how rows become events (docs/mappings.md)")
    .option("--strict", "exit with 1 when any row was quarantined")
    .addOption(
      new Option("--revision <n>", "of rows whose mapping names no revision: a higher one corrects")
        .argParser(wholeNumber("a whole number", 0, Number.MAX_SAFE_INTEGER))
        .default(0),
    )
    .addHelpText(
      "after",
      examples("import deals.csv --mapping crm.yaml", "import events.jsonl --strict --json > summary.json"),
    )
    .action(async (files, options) =>
      commands.run((await import("./commands/import.ts")).importFiles, { ...options, files }),
    );
};

const addQuestions = (commands: Commands): void => {
  commands
    .add("kpi", "A metric over a window (what each means: docs/metrics/).")
    .argument("[metric]", "such as win_rate or lead_response_time.p90")
    .option(
      "--window <window>",
      "all, 1h 24h 7d 30d 90d 365d, day week month quarter year, 2017-Q3, 2017-07, 2017-W14, 2017-07-14 or FROM..TO",
    )
    .addOption(
      new Option("--by <dims>", "one row per value: team, rep, region, channel, …; several with commas").default(
        "",
        "one row for all",
      ),
    )
    .addOption(
      new Option("--where <dim=value>", "only these; may be repeated").argParser(collect).default([], "everything"),
    )
    .option("--at <instant>", "now, latest (the newest event) or an instant", "now")
    .option("--as-of <instant>", "as the log knew it then, by the time of appending; now and latest are of then, too")
    .option("--compare <window>", "beside it: prior (the window before) or year (the same a year ago)")
    .option("--list", "every metric, or the one named: unit, formula, dimensions, targets, where it misleads")
    .option("--lang <language>", "of the names in the list: en, ro, pl, ru or zh-Hant")
    .addHelpText("after", () => `\nMetrics:\n${metricLines()}`)
    .addHelpText(
      "after",
      examples(
        "kpi --list --lang ro",
        "kpi win_rate --window 30d --by team --compare prior",
        "kpi sales --window 2017-Q3 --where region=East --json",
        "kpi pipeline_value --window 2026-03 --as-of 2026-04-01",
      ),
    )
    .action(async (metric, options) => commands.run((await import("./commands/kpi.ts")).kpi, { ...options, metric }));
  commands
    .add("sql", "One SELECT over the views of events, facts, leads, deals and metrics (docs/sql.md).")
    .argument("[statement]")
    .option("--format <format>", "table, csv, tsv, jsonl, JSON, Parquet, … (default: a table; JSON with --json)")
    .option("--schema [name]", "print the views and their columns: all, a layer (events, facts, metrics), or one view")
    .addHelpText("after", examples('sql "SELECT count() FROM leads"', "sql --schema", "sql --schema deals"))
    .action(async (statement, options) =>
      commands.run((await import("./commands/sql.ts")).sql, { ...options, statement }),
    );
};

const addMending = (commands: Commands, quarantine: Command): void => {
  const again = "also what is in use already";
  commands
    .add("repair", "Mend one event and send it again, as its next revision.", quarantine)
    .argument("<id>", "as the list gives it")
    .addOption(
      new Option("--set <field=value>", "change a field; an empty value takes it out; may be repeated")
        .argParser(collect)
        .default([], "nothing"),
    )
    .option("--file <file>", "the whole event instead, as one JSON object")
    .option("--again", again)
    .addHelpText(
      "after",
      examples(
        "quarantine repair q-7f3a19c2d4e5f607 --set to_stage=proposal",
        "quarantine repair q-7f3a19c2d4e5f607 --file mended.json",
      ),
    )
    .action(async (id, options) =>
      commands.run((await import("./commands/quarantine-repair.ts")).repair, { ...options, id }),
    );
  commands
    .add("replay", "Send records again as they were, once what they lacked is there.", quarantine)
    .argument("[ids...]", "as the list gives them")
    .option("--reason <reason>", "all that were put aside for it, such as missing_rate")
    .option("--again", again)
    .addHelpText("after", examples("quarantine replay --reason missing_rate", "quarantine replay q-7f3a19c2d4e5f607"))
    .action(async (ids, options) =>
      commands.run((await import("./commands/quarantine-replay.ts")).replay, { ...options, ids }),
    );
};

const addTrust = (commands: Commands): void => {
  commands
    .add("ledger", "What became of every record, by source: exits with 1 unless it adds up.")
    .addHelpText("after", examples("ledger"))
    .action(async (options) => commands.run((await import("./commands/ledger.ts")).ledger, options));
  commands
    .add("verify", "Recompute everything from the log and compare: exits with 1 on a difference.")
    .addHelpText("after", examples("verify"))
    .action(async (options) => commands.run((await import("./commands/verify.ts")).verify, options));
  const quarantine = commands.program
    .command("quarantine")
    .description("What could not be used, and why.")
    .addHelpText("after", examples("quarantine list", "quarantine show q-7f3a19c2d4e5f607"));
  commands
    .add("list", "What was put aside, the newest import first.", quarantine)
    .addOption(
      new Option("--limit <n>", "at most so many").argParser(wholeNumber("a whole number", 1, 1_000_000)).default(50),
    )
    .option("--reason <reason>", "only what was put aside for it, such as missing_rate")
    .addHelpText("after", examples("quarantine list --limit 10", "quarantine list --reason missing_rate"))
    .action(async (options) => commands.run((await import("./commands/quarantine.ts")).list, options));
  commands
    .add("show", "One record: its original bytes, the reason and the fix.", quarantine)
    .argument("<id>", "as the list gives it")
    .addHelpText("after", examples("quarantine show q-7f3a19c2d4e5f607"))
    .action(async (id, options) => commands.run((await import("./commands/quarantine.ts")).show, { ...options, id }));
  addMending(commands, quarantine);
};

const addCluster = (commands: Commands): void => {
  const topics = commands.program
    .command("topics")
    .description("Make and check the topics of a Kafka cluster.")
    .addHelpText("after", examples("topics apply --config leadwire.yaml"));
  commands
    .add("apply", "Make the topics that are missing, and check the others: exits with 1 on a wrong setting.", topics)
    .addHelpText("after", examples("topics apply --config leadwire.yaml"))
    .action(async (options) => commands.run((await import("./commands/topics.ts")).apply, options));
};

const addKeys = (commands: Commands): void => {
  const keys = commands.program
    .command("keys")
    .description("Make keys with which sources send events over HTTP.")
    .addHelpText("after", examples("keys create crm"));
  commands
    .addPlain("create", "Make a key for one source: shown once, with the line for leadwire.yaml.", keys)
    .argument("<source>", 'what its events carry as source_system; "*" for any')
    .addHelpText("after", examples("keys create crm", "keys create crm --json"))
    .action(async (source, options) =>
      commands.run((await import("./commands/keys.ts")).createKey, { ...options, dataDir: defaultDataDir, source }),
    );
};

const isHelp = (fault: CommanderError): boolean => fault.exitCode === 0;

/** Runs one command line, without the program's name; answers the exit code. */
export const runCli = async (context: CliContext, args: ReadonlyArray<string>): Promise<number> => {
  const commands = new Commands(context);
  addServing(commands);
  addImport(commands);
  addQuestions(commands);
  addReports(commands);
  addTargets(commands);
  addAlerts(commands);
  addBoards(commands);
  addTrust(commands);
  addCluster(commands);
  addKeys(commands);
  addTokens(commands);
  try {
    await commands.program.parseAsync(args, { from: "user" });
    return commands.exitCode;
  } catch (fault) {
    // commander has printed its own.
    if (fault instanceof CommanderError) return isHelp(fault) ? ExitCode.done : ExitCode.wrongUsage;
    if (fault instanceof CommandFault) {
      context.terminal.note(fault.message);
      return fault.exitCode;
    }
    context.terminal.note(fault instanceof Error ? fault.message : String(fault));
    return ExitCode.failed;
  }
};
