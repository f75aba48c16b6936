import type { AccessGranted } from "@leadwire/events";
import { durationForms, parseDurationMs } from "@leadwire/funnel";
import { isoText } from "@leadwire/kpis";
import type { BoardShelf, TvPlace } from "@leadwire/wallboard";
import { grantRecord } from "../../../access/access-grants.ts";
import { newToken } from "../../../access/access-token.ts";
import { readShelf } from "../../board-shelf.ts";
import { type CliContext, dataDirFlag, ExitCode, type SharedOptions, wrongUsage } from "../../context.ts";
import { withEngine } from "../../with-engine.ts";
import { checkedRights, checkedWhere, seesBoards } from "./token-rights.ts";
import { valuesWithoutFacts } from "./values-without-facts.ts";

export interface CreateTokenOptions extends SharedOptions {
  readonly name: string;
  /** Of tokenRights, with commas. */
  readonly can: string;
  readonly boards?: string;
  /** `DIMENSION=VALUE`, each. */
  readonly where?: ReadonlyArray<string>;
  readonly tv?: string;
  readonly expires?: string;
}

const nameLengthMax = 100;

const listed = (ids: Iterable<string>): string => [...ids].join(", ") || "none";

const checkedBoards = (text: string | undefined, shelf: BoardShelf): ReadonlyArray<string> => {
  if (text === undefined) return [];
  const ids = text.split(",").map((id) => id.trim());
  const known = shelf.boards();
  const stranger = ids.find((id) => !known.has(id));
  if (stranger !== undefined)
    throw wrongUsage(`There is no board "${stranger}": there are ${listed(known.keys())} (npx leadwire boards list).`);
  return ids;
};

/** A slideshow or, where none has that name, a board. */
const checkedTv = (id: string | undefined, shelf: BoardShelf): TvPlace | null => {
  if (id === undefined) return null;
  const shows = shelf.slideshows().map((show) => show.id);
  if (shows.includes(id)) return { kind: "show", id };
  if (shelf.boards().has(id)) return { kind: "boards", id };
  throw wrongUsage(
    `There is no slideshow or board "${id}": the slideshows are ${listed(shows)}, the boards ${listed(shelf.boards().keys())}.`,
  );
};

const expiryOf = (text: string | undefined, nowMs: number): number | null => {
  if (text === undefined) return null;
  const ms = parseDurationMs(text);
  if (ms === undefined || ms <= 0) throw wrongUsage(`--expires: expected ${durationForms}, found "${text}".`);
  return nowMs + ms;
};

/** What a screen's link may not be given. */
const checkScreen = (options: CreateTokenOptions, can: ReadonlyArray<string>): void => {
  if (can.includes("edit")) throw wrongUsage("A screen saves nothing: leave --can edit out of a link with --tv.");
  if (can.includes("sql")) throw wrongUsage("A screen asks nothing: leave --can sql out of a link with --tv.");
  if (options.boards !== undefined)
    throw wrongUsage("A screen sees what its link opens: leave --boards out of a link with --tv.");
};

/** What the record says, after everything that was asked for was checked. */
const grantOf = (options: CreateTokenOptions, shelf: BoardShelf, nowMs: number) => {
  const name = options.name.trim();
  if (name === "" || name.length > nameLengthMax)
    throw wrongUsage(
      `The name is ${JSON.stringify(name.slice(0, 80))}: say who or what the token is for, in up to 100 letters.`,
    );
  const can = checkedRights(options.can);
  const tv = checkedTv(options.tv, shelf);
  if (tv !== null) checkScreen(options, can);
  if (options.boards !== undefined && !seesBoards(can))
    throw wrongUsage("--boards is for tokens that see boards: say --can view,sql, or leave --boards out.");
  return {
    name,
    can,
    boards: checkedBoards(options.boards, shelf),
    where: checkedWhere(options.where ?? [], can),
    tv: tv === null ? null : `${tv.kind}/${tv.id}`,
    created_at: nowMs,
    expires_at: expiryOf(options.expires, nowMs),
    revoked_at: null,
  };
};

const sqlUse = (url: string | null): string =>
  `A ClickHouse client takes it as the password at ${url ?? "http://HOST:4700"} (any user name, database leadwire).`;

/** `url`: where the page is served; null where nobody here knows. */
const noteOf = (grant: AccessGranted, link: string | undefined, url: string | null, dataDir: string): string => {
  const use = [
    ...(grant.can.includes("sql") ? [sqlUse(url)] : []),
    link === undefined
      ? "Paste it into the page's login, or send it as authorization: Bearer TOKEN."
      : `Open it once on the screen, under the address by which it reaches the page, such as ${url ?? "http://HOST:4700"}${link}`,
  ].join("\n");
  const until = grant.expires_at === null ? "" : ` It expires at ${isoText(grant.expires_at)}.`;
  const end = `npx leadwire tokens revoke ${grant.token_id}${dataDirFlag(dataDir)} takes it back.`;
  return `${grant.token_id} for ${grant.name}. It is shown only now.${until}\n${use}\n${end}`;
};

/** Makes a token; only its hash is stored. */
export const createToken = async (context: CliContext, options: CreateTokenOptions): Promise<number> => {
  const { terminal, nowMs, randomHex } = context;
  const made = grantOf(options, await readShelf(context, options), nowMs());
  const { id, token, sha256 } = newToken(randomHex);
  const grant: AccessGranted = { token_id: id, sha256, ...made };
  const { url, strangers } = await withEngine(context, { ...options, mayBeEmpty: true }, async (engine) => {
    await engine.append([grantRecord(grant)]);
    return { url: (await engine.status()).url, strangers: await valuesWithoutFacts(engine, grant.where) };
  });
  for (const filter of strangers)
    terminal.note(`Note: no fact has ${filter} yet: its bearer sees no rows by it until one does.`);
  // Under whatever address the screen reaches the page by, which nobody here knows.
  const link = grant.tv === null ? undefined : `/tv/${token}`;
  if (options.json === true) {
    const { name, can, boards, where, tv, expires_at: expiresMs } = grant;
    const expires = expiresMs === null ? null : isoText(expiresMs);
    const document = {
      token_id: id,
      token,
      name,
      can,
      boards,
      where,
      tv,
      expires_at: expires,
      ...(link === undefined ? {} : { link }),
    };
    await terminal.out(`${JSON.stringify(document)}\n`);
    return ExitCode.done;
  }
  await terminal.out(`${token}\n`);
  terminal.note(noteOf(grant, link, url, options.dataDir));
  return ExitCode.done;
};
