import { type Commands, examples } from "./command-line.ts";

/** Boards as files (docs/wallboards.md). */
export const addBoards = (commands: Commands): void => {
  const boards = commands.program
    .command("boards")
    .description("Boards: the YAML files of what the page shows.")
    .addHelpText("after", examples("boards check", "boards list"));
  commands
    .add("check", "Read boards and slideshows: what they are, or what is wrong with them.", boards)
    .argument("[files...]", "files of boards (default: all of the folder boards/ beside the config)")
    .addHelpText("after", "\nExits with 1 where something is wrong, with file, line, column and what to write instead.")
    .addHelpText("after", examples("boards check", "boards check boards/team-floor.yaml --json"))
    .action(async (files, options) =>
      commands.run((await import("./commands/boards.ts")).checkBoards, { ...options, files }),
    );
  commands
    .add("list", "The boards and slideshows that the page shows.", boards)
    .addHelpText("after", examples("boards list", "boards list --json"))
    .action(async (options) => commands.run((await import("./commands/boards.ts")).listBoards, options));
};
