import { expect, test } from "vitest";
import { bloomWords, type IdCursor, KnownIds } from "./known-ids.ts";
import { LeadHistory } from "./lead-history.ts";

const bytes = Buffer.from("event");
const entry = { bytes, start: 0, end: bytes.length, idStart: 0, idEnd: 5 };
const hashOf = (n: number): number => Math.imul(n + 1, 0x9e3779b1);

const filled = (ids: number) => {
  const history = new LeadHistory();
  const known = new KnownIds(history);
  const cursor: IdCursor = { history: -1, events: 0, bloom: new Int32Array(bloomWords) };
  for (let n = 0; n < ids; n += 1) {
    known.add(1, cursor, hashOf(n));
    cursor.history = history.add(entry, cursor.history, 0, hashOf(n));
    cursor.events += 1;
  }
  return { history, known, cursor };
};

test.each([0, 1, 2, 63, 64, 65, 500])("every id of a history of %i is known, and no other", (ids) => {
  const { known, cursor } = filled(ids);
  for (let n = 0; n < ids; n += 1) expect(known.mayHold(1, cursor, hashOf(n))).toBe(true);
  for (let n = ids; n < ids + 500; n += 1) expect(known.mayHold(1, cursor, hashOf(n))).toBe(false);
});

test.each([40, 300])("a restart forgets no id of a history of %i", (ids) => {
  const { history, cursor } = filled(ids);
  const again = new KnownIds(history);
  for (let n = 0; n < ids; n += 1) expect(again.mayHold(1, cursor, hashOf(n))).toBe(true);
});
