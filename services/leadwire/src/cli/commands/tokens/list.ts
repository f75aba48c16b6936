import type { AccessGranted } from "@leadwire/events";
import { isoText, localText } from "@leadwire/kpis";
import { type CliContext, dataDirFlag, ExitCode, type SharedOptions } from "../../context.ts";
import { leftColumn, tableText } from "../../table.ts";
import { withEngine } from "../../with-engine.ts";
import { seesBoards } from "./token-rights.ts";

/** A token as it is listed: without its hash. */
interface TokenLine {
  readonly token_id: string;
  readonly name: string;
  readonly can: ReadonlyArray<string>;
  /** Empty: all. */
  readonly boards: ReadonlyArray<string>;
  /** The rows that it sees in SQL; empty: all. */
  readonly where: ReadonlyArray<string>;
  readonly tv: string | null;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly state: "stands" | "expired" | "revoked";
}

const timeOf = (ms: number | null): string | null => (ms === null ? null : isoText(ms));

const lineOf =
  (nowMs: number) =>
  (grant: AccessGranted): TokenLine => ({
    token_id: grant.token_id,
    name: grant.name,
    can: grant.can,
    boards: grant.boards,
    where: grant.where,
    tv: grant.tv,
    created_at: isoText(grant.created_at),
    expires_at: timeOf(grant.expires_at),
    revoked_at: timeOf(grant.revoked_at),
    state:
      grant.revoked_at !== null
        ? "revoked"
        : grant.expires_at !== null && grant.expires_at <= nowMs
          ? "expired"
          : "stands",
  });

/** Boards, and rows in SQL. */
const seenBy = ({ can, tv, boards, where }: TokenLine): string =>
  tv ??
  [
    ...(seesBoards(can) ? [boards.length === 0 ? "all boards" : boards.join(", ")] : []),
    ...(can.includes("sql") ? [where.length === 0 ? "all rows" : where.join(", ")] : []),
  ].join("; ");

const rowOf =
  (timeZone: string) =>
  (line: TokenLine): ReadonlyArray<string> => [
    line.token_id,
    line.name,
    line.can.join(", "),
    seenBy(line),
    localText(line.created_at, timeZone),
    line.expires_at === null ? "never" : localText(line.expires_at, timeZone),
    line.state,
  ];

const columns = ["id", "for", "can", "sees", "made", "expires", "state"].map(leftColumn);

/** `tokens list`: the oldest first. */
export const listTokens = async (
  context: CliContext,
  options: SharedOptions & { readonly all?: boolean },
): Promise<number> => {
  const { grants, timeZone } = await withEngine(context, options, async (engine) => ({
    grants: await engine.grants(),
    timeZone: (await engine.workspace()).timeZone,
  }));
  const lines = grants.map(lineOf(context.nowMs())).filter(({ state }) => options.all === true || state === "stands");
  const { out } = context.terminal;
  if (options.json === true) await out(`${JSON.stringify({ tokens: lines })}\n`);
  else if (lines.length === 0)
    await out(`There are no tokens: npx leadwire tokens create NAME${dataDirFlag(options.dataDir)}\n`);
  else await out(`${tableText(columns, lines.map(rowOf(timeZone)))}Times are of ${timeZone}.\n`);
  return ExitCode.done;
};
