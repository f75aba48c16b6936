import type { Command } from "commander";
import { type Commands, examples } from "./command-line.ts";

const addCheck = (commands: Commands, alerts: Command): void => {
  commands
    .add("check", "Read the rules: what each watches, when it fires and who is told, or what is wrong.", alerts)
    .argument("[files...]", "rule files (default: all of the folder alerts/ beside the config)")
    .addHelpText("after", "\nExits with 1 where something is wrong, with file, line, column and what to write instead.")
    .addHelpText("after", examples("alerts check", "alerts check alerts/sales.yaml alerts/notifications.yaml --json"))
    .action(async (files, options) =>
      commands.run((await import("./commands/alerts-check.ts")).checkAlerts, { ...options, files }),
    );
};

/** Alerts: their rules, tests and history (docs/alerts.md). */
export const addAlerts = (commands: Commands): void => {
  const alerts = commands.program
    .command("alerts")
    .description("Alerts: rules, their tests, and what became of them.")
    .addHelpText("after", examples("alerts check"));
  addCheck(commands, alerts);
};
