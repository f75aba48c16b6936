import { Option } from "commander";
import { type Commands, collect, examples } from "./command-line.ts";

const createHelp = `
The token is printed once and kept nowhere; only its SHA-256 is stored. It is pasted into the page's login, or sent as
"authorization: Bearer TOKEN". A link for a screen (--tv) opens one board or slideshow, full screen without menus, and sees
nothing else. Where an address of this machine alone is listened to, boards are open without a token (docs/wallboards.md).

With sql it is the password of any ClickHouse client at the address that "up" prints (any user name, database leadwire).
--where holds that to some rows: of one dimension any of the values given, of several dimensions all. A value that no fact
has yet is taken, and said (docs/sql.md).
`;

/** Who may see and save boards, and ask in SQL. */
export const addTokens = (commands: Commands): void => {
  const tokens = commands.program
    .command("tokens")
    .description("Tokens: who may see and save boards, and ask in SQL.")
    .addHelpText("after", examples("tokens create ana --can edit", "tokens list", "tokens revoke t-7f3a19c2"));
  commands
    .add("create", "Make a token for a person, or a link for a screen. It is printed once.", tokens)
    .argument("<name>", "who or what it is for")
    .option("--can <rights>", "view, edit (which is view, too), sql; several with commas", "view")
    .option("--boards <ids>", "these boards alone, with commas (default: all of them)")
    .addOption(
      new Option("--where <dim=value>", "these rows alone, for sql; may be repeated")
        .argParser(collect)
        .default([], "all of them"),
    )
    .option("--tv <id>", "a link that opens this slideshow or board on a screen")
    .option("--expires <duration>", "such as 90d (default: never)")
    .addHelpText("after", createHelp)
    .addHelpText(
      "after",
      examples(
        "tokens create ana --can edit",
        "tokens create bogdan --boards team-floor,company --expires 90d",
        'tokens create "Screen in the hall" --tv all',
        "tokens create ana --can view,sql",
        "tokens create bogdan --can sql --where team=North",
      ),
    )
    .action(async (name, options) =>
      commands.run((await import("./commands/tokens/create.ts")).createToken, { ...options, name }),
    );
  commands
    .add("list", "The tokens that stand, and what each may do.", tokens)
    .option("--all", "also those that have expired or were revoked")
    .addHelpText("after", examples("tokens list", "tokens list --all --json"))
    .action(async (options) => commands.run((await import("./commands/tokens/list.ts")).listTokens, options));
  commands
    .add("revoke", "Take a token back: what it has open ends within seconds.", tokens)
    .argument("<id>", "as the list gives it")
    .addHelpText("after", examples("tokens revoke t-7f3a19c2"))
    .action(async (id, options) =>
      commands.run((await import("./commands/tokens/revoke.ts")).revokeToken, { ...options, id }),
    );
};
