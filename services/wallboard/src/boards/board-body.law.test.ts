import { catalogue } from "@leadwire/kpis/catalogue";
import fc from "fast-check";
import { expect, test } from "vitest";
import { tileTypes } from "../board/board-definition.ts";
import { parseBoard } from "../board-file/board-lines.ts";
import { boardText } from "../board-file/board-yaml.ts";
import { isBoardBody } from "./board-body.ts";

const context = { catalogue, currency: "EUR" };
/** Of the right kind, and odd: what a form could send. */
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.constantFrom(
    "plan",
    "now",
    "30d",
    "win_rate",
    "sales",
    "team",
    "a: b",
    "- x",
    "!!js/x",
    "*a",
    "\n# c",
    "~",
    "0x1",
  ),
);
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -2, max: 60 }));
const filters = fc.array(fc.tuple(text, text), { maxLength: 2 });
const oddFields = fc.record(
  {
    ...{ id: text, title: text, metric: text, window: text, compare: text, course: text, unit: text, by: text },
    ...{ text, size: text, file: text, alt: text, points: number, rows: number, where: filters },
    target: fc.oneof(text, number),
    kinds: fc.array(text, { maxLength: 3 }),
    place: fc.record({ column: number, row: number, columns: number, rows: number }),
    format: fc.record({ decimals: number, compact: fc.boolean() }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
/** Of any kind. */
const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: "binary", maxLength: 30 }), number);

const usual = {
  ...{ id: "a", metric: "sales", window: "30d", where: [], compare: "prior", course: "days", format: {}, rows: 5 },
  ...{ unit: "day", points: 7, by: "rep", businessHours: false, kinds: [], severities: [], text: "t", size: "small" },
  ...{ file: "a.png", alt: "", target: 5, place: { column: 0, row: 0, columns: 2, rows: 2 } },
};
const some = fc.subarray(["metric", "target", "rows", "where", "text", "id"]);
const tile = fc
  .tuple(fc.constantFrom(...tileTypes), oddFields, some, some)
  // Most of the odd fields are put back, so that many tiles are taken.
  .map(([type, fields, one, other]) => {
    const kept = Object.entries(fields).filter(([key]) => one.includes(key) && other.includes(key));
    return { ...usual, ...Object.fromEntries(kept), type };
  });
const board = fc.record({
  id: odd,
  title: odd,
  theme: fc.oneof(odd, fc.constant("auto")),
  celebrate: fc.oneof(odd, fc.constant({ targets: true, sound: false, wonMinorMin: 5 })),
  tiles: fc.oneof(odd, fc.array(tile, { maxLength: 3 })),
});

const plain = { title: "t", theme: "auto", celebrate: { targets: false, sound: false } };

test("whatever is taken as a board can be written, and what is written is read or refused with its lines", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        board,
        tile.map((one) => ({ ...plain, id: "b", tiles: [one] })),
      ),
      (sent) => {
        const body: unknown = JSON.parse(JSON.stringify(sent));
        const faults: string[] = [];
        if (!isBoardBody(body, faults)) {
          expect(faults.length).toBeGreaterThan(0);
          return;
        }
        const read = parseBoard("b", boardText(body, context), context);
        if (read._tag === "Left") expect(read.left.length).toBeGreaterThan(0);
        // What was read is written alike: the board that was sent is the board that is kept.
        else expect(parseBoard("b", boardText(read.right, context), context)).toEqual(read);
      },
    ),
    { numRuns: 1_000 },
  );
});
