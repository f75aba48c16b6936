import type { AccessGranted } from "@leadwire/events";
import type { Reader, StoreFault } from "@leadwire/store";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { AccessBook } from "./access-book.ts";
import { ReaderAdmission } from "./reader-admission.ts";

const grant = (id: string, change: Partial<AccessGranted> = {}): AccessGranted => ({
  ...{ token_id: id, name: "ana", sha256: "", can: ["sql"], boards: [], where: [], tv: null },
  ...{ created_at: 0, expires_at: null, revoked_at: null },
  ...change,
});

const open = (...faults: ReadonlyArray<StoreFault>) => {
  const book = new AccessBook();
  const admitted: Array<ReadonlyArray<string>> = [];
  const notices: Array<string> = [];
  const failing = [...faults];
  const admit = (readers: ReadonlyArray<Reader>) => async (): Promise<Either<StoreFault, void>> => {
    const fault = failing.shift();
    if (fault !== undefined) return left(fault);
    admitted.push(readers.map(({ id }) => id));
    return right(undefined);
  };
  const onNotice = (text: string): void => void notices.push(text);
  const admission = new ReaderAdmission({
    book,
    readers: { admit },
    nowMs: () => 100,
    gatherForMs: 1,
    againAfterMs: 1,
    onNotice,
  });
  return { book, admission, admitted, notices };
};

test("those who stand are admitted before anybody is served, and nobody else", async () => {
  const { book, admission, admitted } = open();
  book.apply(grant("t-2"));
  book.apply(grant("t-1", { expires_at: 101 }));
  book.apply(grant("t-3", { expires_at: 100 }));
  book.apply(grant("t-4", { revoked_at: 1 }));
  book.apply(grant("t-5", { can: ["view"] }));
  await admission.start();
  expect(admitted).toEqual([["t-1", "t-2"]]);
  await admission.stop();
});

test("changes are followed, several at once as one; what changes no reader pauses nothing", async () => {
  const { book, admission, admitted } = open();
  await admission.start();
  for (const id of ["t-1", "t-2"]) {
    book.apply(grant(id));
    admission.changed();
  }
  await expect.poll(() => admitted).toEqual([[], ["t-1", "t-2"]]);
  book.apply(grant("t-3", { can: ["view"] }));
  admission.changed();
  book.apply(grant("t-1", { revoked_at: 1 }));
  admission.changed();
  await expect.poll(() => admitted).toEqual([[], ["t-1", "t-2"], ["t-2"]]);
  await admission.stop();
});

test("where ClickHouse is away it is said, and done once it is back", async () => {
  const away: StoreFault = { _tag: "Unavailable", detail: "nobody listens" };
  const { book, admission, admitted, notices } = open(away, away);
  book.apply(grant("t-1"));
  await admission.start();
  await expect.poll(() => admitted).toEqual([["t-1"]]);
  expect(notices[0]).toBe("Tokens for SQL wait for ClickHouse: ClickHouse does not answer: nobody listens");
  await admission.stop();
});
