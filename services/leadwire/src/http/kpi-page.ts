import { createHash } from "node:crypto";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import type { KpiRequest } from "../engine/engine.ts";

/** Which groups of an answer are asked for, and of which instant. */
export interface PageRequest {
  readonly limit: number;
  /** Undefined: the first page. */
  readonly cursor?: PageCursor;
}

/** Where the next page begins. Carries no right: it says nothing that a question could not ask for itself. */
export interface PageCursor {
  /** What the first page knew: all pages are of this instant. */
  readonly asOf: string;
  readonly offset: number;
  /** Of the question: another one's cursor is refused. */
  readonly question: string;
  /** Of the whole answer: pages of two answers are never put together. */
  readonly answer: string;
}

const version = 1;
const limitMax = 10_000;

const digestOf = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 16);

/** What a cursor belongs to: everything that was asked, as of whichever instant. */
export const questionDigest = ({ metric, window, at, by, where, asOf, compare }: KpiRequest): string =>
  digestOf(JSON.stringify([metric, window, at, by, where, asOf ?? null, compare ?? null]));

export const answerDigest = (text: string): string => digestOf(text);

export const cursorText = ({ asOf, offset, question, answer }: PageCursor): string =>
  Buffer.from(JSON.stringify([version, asOf, offset, question, answer])).toString("base64url");

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
};

/** Undefined where the text is no cursor of ours. */
const cursorOf = (text: string): PageCursor | undefined => {
  const found = parsed(text);
  if (!Array.isArray(found) || found.length !== 5 || found[0] !== version) return undefined;
  const [, asOf, offset, question, answer]: ReadonlyArray<unknown> = found;
  if (typeof asOf !== "string" || typeof question !== "string" || typeof answer !== "string") return undefined;
  if (typeof offset !== "number" || !Number.isSafeInteger(offset) || offset < 1) return undefined;
  return { asOf, offset, question, answer };
};

const again = "take it from the Link header as it is, or ask again without cursor";

/** `limit` and `cursor` of a query string; undefined where the whole answer is asked for. */
export const pageRequestOf = (query: URLSearchParams, asked: KpiRequest): Either<string, PageRequest | undefined> => {
  const [limit, ...moreLimits] = query.getAll("limit");
  const [cursor, ...moreCursors] = query.getAll("cursor");
  if (moreLimits.length > 0 || moreCursors.length > 0) return left("Give limit and cursor once each.");
  if (limit === undefined)
    return cursor === undefined ? right(undefined) : left("A cursor goes with the limit of its page: add ?limit=100.");
  const count = Number(limit);
  if (!/^\d{1,5}$/u.test(limit) || count < 1 || count > limitMax)
    return left(`"${limit}" is no limit: write a whole number from 1 to ${limitMax}.`);
  if (cursor === undefined) return right({ limit: count });
  const found = cursorOf(cursor);
  if (found === undefined) return left(`This is no cursor: ${again}.`);
  if (found.question !== questionDigest(asked)) return left(`This cursor belongs to another question: ${again}.`);
  return right({ limit: count, cursor: found });
};
