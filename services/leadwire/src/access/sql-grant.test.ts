import type { AccessGranted } from "@leadwire/events";
import { expect, test } from "vitest";
import { embeddedDeployment } from "../deployment/deployment.ts";
import { AccessBook } from "./access-book.ts";
import { newToken } from "./access-token.ts";
import { type SqlAccessTerms, sqlAskers, sqlCallers } from "./sql-access.ts";
import { readerOfGrant } from "./sql-grant.ts";

const nowMs = Date.UTC(2026, 2, 2);
const { id, token, sha256 } = newToken((bytes) => "7f".repeat(bytes));

const grant = (change: Partial<AccessGranted> = {}): AccessGranted => ({
  ...{ token_id: id, name: "ana", sha256, can: ["sql"], boards: [], where: [], tv: null },
  ...{ created_at: nowMs, expires_at: null, revoked_at: null },
  ...change,
});

test.each([
  [{}, { id, where: [] }],
  [
    { where: ["team=North", "owner=a=b"] },
    {
      id,
      where: [
        ["team", "North"],
        ["owner", "a=b"],
      ],
    },
  ],
  [{ where: ["rep=ana"] }, { id, where: [["owner", "ana"]] }],
  [{ where: ["team="] }, { id, where: [["team", ""]] }],
  [{ can: ["view", "edit"] }, undefined],
  [{ revoked_at: nowMs }, undefined],
  // Rows that nobody can tell are none, rather than all.
  [{ where: ["team"] }, undefined],
  [{ where: ["team=North", "colour=red"] }, undefined],
  [{ where: ["=North"] }, undefined],
])("a grant of %j asks as %j", (change, reader) => {
  expect(readerOfGrant(grant(change))).toEqual(reader);
});

const bookOf = (...grants: ReadonlyArray<AccessGranted>): AccessBook => {
  const book = new AccessBook();
  for (const each of grants) book.apply(each);
  return book;
};

const terms = (change: Partial<SqlAccessTerms> = {}): SqlAccessTerms => ({
  deployment: embeddedDeployment,
  apiToken: undefined,
  nowMs: () => nowMs,
  ...change,
});

test.each([
  ["127.0.0.1", undefined, undefined, "analyst"],
  ["127.0.0.1", "login", undefined, "needed"],
  ["127.0.0.1", undefined, "secret", "needed"],
  ["0.0.0.0", undefined, undefined, "needed"],
  // Boards that anybody may see are no reason to let anybody ask.
  ["0.0.0.0", "open", undefined, "needed"],
] as const)("on %s with access %s and LEADWIRE_API_TOKEN %s, without a token: %s", (host, access, apiToken, who) => {
  const wallboard = access === undefined ? {} : { wallboard: { access } };
  const asked = terms({ apiToken, deployment: { ...embeddedDeployment, listen: { host }, ...wallboard } });
  const found = sqlCallers(bookOf(), asked)(undefined);
  expect(typeof found === "string" ? found : found.reader.id).toBe(who);
  expect(sqlAskers(bookOf(), asked).anyoneAsks === null).toBe(who === "needed");
});

test("a token asks until it is taken back or expires, and so does what it has begun", () => {
  const book = bookOf(grant({ expires_at: nowMs + 10 }));
  let now = nowMs;
  const callerOf = sqlCallers(book, terms({ nowMs: () => now }));
  const caller = callerOf(token);
  if (typeof caller === "string") throw new Error(caller);
  expect([caller.reader, caller.stands()]).toEqual([{ id, where: [] }, true]);
  now = nowMs + 10;
  expect([caller.stands(), callerOf(token)]).toEqual([false, "unknown"]);
  now = nowMs;
  book.apply(grant({ revoked_at: nowMs }));
  expect([caller.stands(), callerOf(token)]).toEqual([false, "unknown"]);
});

test("LEADWIRE_API_TOKEN asks for all rows; any other text is unknown", () => {
  const callerOf = sqlCallers(bookOf(grant()), terms({ apiToken: "secret" }));
  expect(callerOf("secret")).toMatchObject({ reader: { id: "analyst", where: [] } });
  for (const wrong of ["", "Secret", "secret ", `${token}x`]) expect(callerOf(wrong)).toBe("unknown");
});

test("the page knows who asks, and which rows they see", () => {
  const { askerOf } = sqlAskers(bookOf(grant({ where: ["team=North"], expires_at: nowMs + 1 })), terms());
  expect(askerOf(token)).toEqual({ name: "ana", where: [["team", "North"]], expiresMs: nowMs + 1 });
  expect(sqlAskers(bookOf(grant({ can: ["view"] })), terms()).askerOf(token)).toBeUndefined();
});
