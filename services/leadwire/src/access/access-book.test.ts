import type { AccessGranted } from "@leadwire/events";
import { expect, test } from "vitest";
import { embeddedDeployment } from "../deployment/deployment.ts";
import { AccessBook } from "./access-book.ts";
import { idOfToken, isTokenOf, newToken } from "./access-token.ts";
import { anyoneOf } from "./open-access.ts";

const nowMs = Date.UTC(2026, 2, 2);
const randomHex = (bytes: number): string => "7f".repeat(bytes);
const { id, token, sha256 } = newToken(randomHex);

const grant = (change: Partial<AccessGranted> = {}): AccessGranted => ({
  token_id: id,
  name: "ana",
  sha256,
  can: ["view"],
  boards: [],
  where: [],
  tv: null,
  created_at: nowMs,
  expires_at: null,
  revoked_at: null,
  ...change,
});

const viewerAfter = (...records: ReadonlyArray<AccessGranted>) => {
  const book = new AccessBook();
  for (const record of records) book.apply(record);
  return book.viewerOf(token, nowMs);
};

test("a token is known by its hash, which is all that is kept", () => {
  expect(token).toMatch(/^lwt_7f7f7f7f_[\w-]{43}$/u);
  expect([idOfToken(token), isTokenOf(token, sha256)]).toEqual(["t-7f7f7f7f", true]);
  expect(JSON.stringify(grant())).not.toContain(token.slice(-43));
});

test.each([
  ["of another secret", `lwt_7f7f7f7f_${"A".repeat(43)}`],
  ["of another id", `lwt_00000000_${token.slice(-43)}`],
  ["cut short", token.slice(0, -1)],
  ["made longer", `${token}A`],
  ["its hash", sha256],
  ["its id", "t-7f7f7f7f"],
  ["nothing", ""],
  ["a name of every object", "__proto__"],
])("a token that is %s opens nothing", (_, shown) => {
  const book = new AccessBook();
  book.apply(grant());
  expect(book.viewerOf(shown, nowMs)).toBeUndefined();
  expect(isTokenOf(shown, sha256)).toBe(false);
});

test("a hash that nobody can read is nobody's", () => {
  for (const odd of ["", "ab", "zz".repeat(32)]) expect(viewerAfter(grant({ sha256: odd }))).toBeUndefined();
});

test.each([
  [{}, { name: "ana", canEdit: false, boards: [], tv: null, expiresMs: null }],
  [
    { can: ["edit"], boards: ["company"] },
    { name: "ana", canEdit: true, boards: ["company"], tv: null, expiresMs: null },
  ],
  [{ can: ["view", "fly"] }, { name: "ana", canEdit: false, boards: [], tv: null, expiresMs: null }],
  [{ tv: "show/all" }, { name: "ana", canEdit: false, boards: [], tv: { kind: "show", id: "all" }, expiresMs: null }],
  [{ can: ["sql"] }, undefined],
  // Boards show the whole company.
  [{ can: ["view", "sql"], where: ["team=North"] }, undefined],
  [{ can: [] }, undefined],
  // What nobody can read opens nothing, rather than everything.
  [{ tv: "show/../x" }, undefined],
  [{ tv: "" }, undefined],
])("a grant of %j lets in %j", (change, viewer) => {
  expect(viewerAfter(grant(change))).toEqual(viewer);
});

test("a token ends at its time, and at once when it is taken back", () => {
  expect(viewerAfter(grant({ expires_at: nowMs + 1 }))).toMatchObject({ expiresMs: nowMs + 1 });
  expect(viewerAfter(grant({ expires_at: nowMs }))).toBeUndefined();
  expect(viewerAfter(grant(), grant({ revoked_at: nowMs - 1 }))).toBeUndefined();
  // The clock of whoever took it back may be ahead.
  expect(viewerAfter(grant(), grant({ revoked_at: nowMs + 60_000 }))).toBeUndefined();
});

test("of several records of a token the newest counts", () => {
  expect(viewerAfter(grant({ can: ["edit"] }), grant())).toMatchObject({ canEdit: false });
});

test.each([
  ["127.0.0.1", undefined, true],
  ["::1", undefined, true],
  ["0.0.0.0", undefined, undefined],
  ["boards.example", undefined, undefined],
  ["127.0.0.1", "login", undefined],
  // Whoever reaches the address looks; saving is for those with a token.
  ["0.0.0.0", "open", false],
] as const)("on %s with access %s, whoever shows no token may save: %s", (host, access, canEdit) => {
  const wallboard = access === undefined ? {} : { wallboard: { access } };
  expect(anyoneOf({ ...embeddedDeployment, listen: { host }, ...wallboard })?.canEdit).toBe(canEdit);
});
