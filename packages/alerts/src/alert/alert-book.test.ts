import type { AlertChanged, AlertRecord } from "@leadwire/events";
import { sampleChange } from "@leadwire/events/testing";
import { describe, expect, test } from "vitest";
import { AlertBook } from "./alert-book.ts";

const claim = (epoch: number, generation = "g1"): AlertRecord => ({
  name: "alerts-claimed",
  record: { epoch, owner: `owner ${epoch}`, generation, claimed_at: 0 },
});

const change = (changes: Partial<AlertChanged> & { readonly ordinal?: number } = {}): AlertRecord => {
  const { ordinal = 0, ...rest } = changes;
  const record = sampleChange({ at: 100, evaluated_at: 100, started_at: 100, ...rest });
  const transition_id = `win-rate-low/${record.fingerprint}/${record.started_at}/${ordinal}`;
  return { name: "alert-changed", record: { ...record, transition_id } };
};

const resolved = (ordinal: number, changes: Partial<AlertChanged> = {}): AlertRecord =>
  change({ ordinal, status: "resolved", former: "firing", ...changes });

const acknowledged: AlertRecord = {
  name: "alert-acknowledged",
  record: {
    rule_set: "sales",
    rule: "win-rate-low",
    fingerprint: "f1",
    author: "ana",
    comment: "I call them",
    acknowledged_at: 1,
  },
};

const settled = (epoch: number): AlertRecord => ({
  name: "notification-settled",
  record: { key: "k", epoch, receiver: "ops", outcome: "delivered", attempts: 1, detail: "200", settled_at: 0 },
});

const bookOf = (...records: ReadonlyArray<AlertRecord>): AlertBook => {
  const book = new AlertBook();
  for (const record of records) book.apply(record);
  return book;
};

const alive = (book: AlertBook): ReadonlyArray<string> => [...book.alive()].map(({ record }) => record.fingerprint);

describe("owners", () => {
  test("records of a lower epoch behind a claim count for nobody", () => {
    const book = bookOf(claim(1), claim(2));
    expect(book.apply(change({ epoch: 1 }))).toBe(false);
    expect(book.apply(settled(1))).toBe(false);
    expect(alive(book)).toEqual([]);
    expect(book.apply(change({ epoch: 2 }))).toBe(true);
    expect(alive(book)).toEqual(["f1"]);
  });

  test("records of a lower epoch before a claim count for everybody", () => {
    expect(alive(bookOf(claim(1), change({ epoch: 1 }), claim(2)))).toEqual(["f1"]);
  });

  test("of two claims to one epoch the first counts, whatever comes between", () => {
    const book = bookOf(claim(1), change());
    expect(book.apply(claim(1))).toBe(false);
    expect(book.epoch).toBe(1);
    expect(alive(book)).toEqual(["f1"]);
  });

  test("the generation before is that of the owner before", () => {
    expect(bookOf(claim(1, "g1"), claim(2, "g1"), claim(3, "g2"))).toMatchObject({ formerGeneration: "g1", epoch: 3 });
    expect(bookOf(claim(1)).formerGeneration).toBeNull();
  });
});

describe("episodes", () => {
  test("a record that stands twice counts once, also after the end of its episode", () => {
    const book = bookOf(claim(1), change());
    expect(book.apply(change())).toBe(false);
    expect(book.apply(resolved(1))).toBe(true);
    expect(book.apply(change())).toBe(false);
    expect(book.apply(resolved(1))).toBe(false);
    expect(alive(book)).toEqual([]);
  });

  test("a later episode that begins at the same instant goes on counting", () => {
    const book = bookOf(claim(1), change(), resolved(1));
    expect(book.firstOrdinal("f1", 100)).toBe(2);
    expect(book.firstOrdinal("f1", 101)).toBe(0);
    expect(book.firstOrdinal("f2", 100)).toBe(0);
  });

  test("an episode that is forgotten takes its ordinals with it", () => {
    const book = new AlertBook(1);
    const other = { fingerprint: "f2", started_at: 200 };
    for (const record of [change(), resolved(4), change(other), resolved(1, other)]) book.apply(record);
    expect(book.firstOrdinal("f1", 100)).toBe(5);
    expect(book.firstOrdinal("f1", 101)).toBe(0);
  });

  test("somebody looks after an alert until its episode ends", () => {
    const book = bookOf(claim(1), change());
    expect(book.apply(acknowledged)).toBe(true);
    expect(book.acknowledgement("f1")?.author).toBe("ana");
    book.apply(resolved(1));
    expect(book.acknowledgement("f1")).toBeUndefined();
    expect(book.apply(acknowledged)).toBe(false);
  });

  test("a transition whose id has no ordinal is no record of ours", () => {
    const { record } = change() as Extract<AlertRecord, { name: "alert-changed" }>;
    expect(() =>
      new AlertBook().apply({ name: "alert-changed", record: { ...record, transition_id: "r/f/1/x" } }),
    ).toThrow('The transition "r/f/1/x" has no ordinal at its end.');
  });
});
