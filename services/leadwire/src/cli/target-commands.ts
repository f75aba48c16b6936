import { Option } from "commander";
import { type Commands, examples, wholeNumber } from "./command-line.ts";

const fileHelp = `
FILE is a CSV with the heading metric,scope,period,value and, where wanted, currency and set_at:

  metric,scope,period,value,currency
  sales,company,2026-Q1,500000.00,EUR
  sales,team:north,2026-Q1,200000.00,EUR
  win_rate,rep:ana,2026,0.25,
  forecast,team:north,2026-03,65000.00,EUR

  metric    a metric, such as sales or lead_response_time.p90, or forecast: the sales expected
  scope     company, team:NAME or rep:NAME
  period    a year, quarter or month: 2026, 2026-Q1, 2026-01 (quarters and years are the workspace's)
  value     in the metric's own unit: money as an amount (500000.00), a ratio as 0.25, a time in seconds
  currency  of money: the workspace's where it is empty; a forecast may have another, with a rate
  set_at    when it was set: a day or an instant; now where it is empty

The same file again changes nothing. A row with another value is a correction: it counts from then on, and the former
value is kept (targets list --all). Forecast accuracy takes the last forecast set before its period began. Exits with 1
where a row is refused; the other rows are taken.
`;

/** Targets and forecasts: from a file, and as they stand. */
export const addTargets = (commands: Commands): void => {
  const targets = commands.program
    .command("targets")
    .description("Targets and forecasts: what each metric should reach.")
    .addHelpText("after", examples("targets import targets.csv", "targets list"));
  commands
    .add("import", "Set targets and forecasts from a CSV file.", targets)
    .argument("<file>", "metric,scope,period,value[,currency][,set_at]")
    .addOption(
      new Option(
        "--revision <n>",
        "of what is set: a higher one corrects what was set at the same time (default: the clock)",
      ).argParser(wholeNumber("a whole number", 0, Number.MAX_SAFE_INTEGER)),
    )
    .addHelpText("after", fileHelp)
    .addHelpText("after", examples("targets import targets.csv", "targets import targets.csv --json"))
    .action(async (file, options) =>
      commands.run((await import("./commands/targets.ts")).importTargets, { ...options, file }),
    );
  commands
    .add("list", "What counts now, and how far it is reached.", targets)
    .option("--all", "also what was corrected since")
    .addHelpText("after", examples("targets list", "targets list --all --json"))
    .action(async (options) => commands.run((await import("./commands/targets.ts")).listTargets, options));
};
