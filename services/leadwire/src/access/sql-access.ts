import { createHash, timingSafeEqual } from "node:crypto";
import type { CallerOf, SqlCaller } from "@leadwire/query";
import { analystReader, type Reader } from "@leadwire/store";
import type { SqlAsker } from "@leadwire/wallboard";
import type { Deployment } from "../deployment/deployment.ts";
import { isLoopback } from "../deployment/loopback.ts";
import type { AccessBook } from "./access-book.ts";
import { readerOfGrant } from "./sql-grant.ts";

export interface SqlAccessTerms {
  readonly deployment: Pick<Deployment, "listen" | "wallboard">;
  /** Of the environment (LEADWIRE_API_TOKEN): asks for all rows. Where there is one, nobody asks without a token. */
  readonly apiToken: string | undefined;
  readonly nowMs: () => number;
}

/** Whether SQL is asked without a token: on this machine's own address, unless the config wants a login. */
const anyoneAsksSql = ({ deployment, apiToken }: SqlAccessTerms): boolean =>
  apiToken === undefined && isLoopback(deployment.listen.host) && deployment.wallboard?.access !== "login";

const anybody: SqlCaller = { reader: analystReader, stands: () => true };

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const isSame = (shown: string, kept: string): boolean => timingSafeEqual(digest(shown), digest(kept));

/** The reader that a token stands for now. */
const readerNow = (book: AccessBook, token: string, nowMs: number): Reader | undefined => {
  const grant = book.grantOf(token, nowMs);
  return grant === undefined ? undefined : readerOfGrant(grant);
};

/** Who asks in SQL, after the tokens as they stand and the config. */
export const sqlCallers =
  (book: AccessBook, terms: SqlAccessTerms): CallerOf =>
  (token) => {
    if (token === undefined) return anyoneAsksSql(terms) ? anybody : "needed";
    if (terms.apiToken !== undefined && isSame(token, terms.apiToken)) return anybody;
    const reader = readerNow(book, token, terms.nowMs());
    if (reader === undefined) return "unknown";
    return { reader, stands: () => readerNow(book, token, terms.nowMs()) !== undefined };
  };

/** The same for the page's guard. */
export const sqlAskers = (
  book: AccessBook,
  terms: SqlAccessTerms,
): { readonly anyoneAsks: SqlAsker | null; readonly askerOf: (token: string) => SqlAsker | undefined } => ({
  anyoneAsks: anyoneAsksSql(terms) ? { name: null, where: [], expiresMs: null } : null,
  askerOf: (token) => {
    const grant = book.grantOf(token, terms.nowMs());
    const reader = grant === undefined ? undefined : readerOfGrant(grant);
    if (grant === undefined || reader === undefined) return undefined;
    return { name: grant.name, where: reader.where, expiresMs: grant.expires_at };
  },
});
