import type { SalesEvent } from "@leadwire/events";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LookupTable, readLookupTable } from "./lookup-table.ts";
import { readMapping } from "./mapping-file.ts";
import type { Refusal } from "./refusal.ts";
import { type RowMapper, type RowMapperOptions, rowMapper } from "./row-to-events.ts";

const deals = `source_system: crm
row_key: id
dates: [M/D/YYYY, iso]
currency: { column: currency, default: EUR }
revision: modified
empty: ["n/a"]
lookups:
  owners: { file: owners.csv, key: mail }
renames:
  outcome: { Won: won, Lost: lost }
skip: { stage: Test }
events:
  - type: lead-created
    fields:
      lead_id: id
      occurred_at: created
      owner: { lookup: owners, by: mail, take: name }
      region: { lookup: owners, by: mail, take: region, on_miss: absent }
      expected_value: price
      expected_close_on: close
      voided: deleted
  - type: stage-changed
    when: { stage: { not: [New], present: true } }
    fields: { lead_id: id, occurred_at: created, to_stage: { constant: proposal } }
  - type: deal-closed
    when: { stage: [Won, Lost] }
    fields:
      lead_id: id
      occurred_at: close
      outcome: { column: stage, rename: outcome }
      amount: price
      lines:
        - { product: product, quantity: pieces, amount: price }
`;
const heading = [
  "id",
  "stage",
  "created",
  "close",
  "mail",
  "price",
  "currency",
  "modified",
  "deleted",
  "product",
  "pieces",
];
const good = ["D1", "Won", "3/1/2017", "2017-03-09", "ana@x.eu", "1,054.50", "", "7", "", "GTX Pro", "2"];

const table = (csv: string): LookupTable => {
  const lookup = { file: "owners.csv", key: "mail", format: { delimiter: ",", encoding: "utf-8" as const }, line: 1 };
  const read = readLookupTable(lookup, Buffer.from(csv));
  if (read._tag === "Left") throw new Error(read.left);
  return read.right;
};
const owners = table("mail,name,region\nana@x.eu,Ana,East\nion@x.eu,Ion,\n");

const bind = (yaml: string, columns: ReadonlyArray<string>, rest: Partial<RowMapperOptions> = {}) => {
  const mapping = readMapping("crm.yaml", yaml);
  if (mapping._tag === "Left") throw new Error(mapping.left.join("\n"));
  return rowMapper({
    mapping: mapping.right,
    file: "deals.csv",
    heading: columns,
    tables: new Map([["owners", owners]]),
    timeZone: "Europe/Bucharest",
    revision: 0,
    ...rest,
  });
};
const mapper = (yaml = deals, columns: ReadonlyArray<string> = heading, rest = {}): RowMapper => {
  const bound = bind(yaml, columns, rest);
  if (bound._tag === "Left") throw new Error(bound.left.join("\n"));
  return bound.right;
};
const events = (placed: ReadonlyArray<SalesEvent> | Refusal): ReadonlyArray<SalesEvent> => {
  if ("reason" in placed) throw new Error(placed.detail);
  return placed;
};
const changed = (changes: Readonly<Record<string, string>>): string[] =>
  good.map((value, index) => changes[heading[index] ?? ""] ?? value);

describe("a row and a mapping", () => {
  test("give every event that the row stands for", () => {
    expect(events(mapper().place(good))).toMatchObject([
      {
        type: "lead-created",
        source_system: "crm",
        lead_id: "D1",
        revision: 7,
        voided: false,
        occurred_at: Date.parse("2017-02-28T22:00:00Z"),
        owner: "Ana",
        region: "East",
        expected_value_minor: 105_450,
        currency: "EUR",
        expected_close_on: Date.parse("2017-03-09T00:00:00Z") / 86_400_000,
      },
      { type: "stage-changed", to_stage: "proposal" },
      {
        type: "deal-closed",
        outcome: "won",
        amount_minor: 105_450,
        currency: "EUR",
        lines: [{ product: "GTX Pro", quantity: 2, amount_minor: 105_450 }],
      },
    ]);
  });

  test("leave out what is empty, and what stands for nothing", () => {
    const [created] = events(mapper().place(changed({ mail: "n/a", price: " ", close: "", stage: "New" })));
    for (const field of ["owner", "region", "expected_value_minor", "currency", "expected_close_on"])
      expect(created).not.toHaveProperty(field);
  });

  test("give only the events whose condition holds", () => {
    expect(events(mapper().place(changed({ stage: "New" }))).map(({ type }) => type)).toEqual(["lead-created"]);
    expect(events(mapper().place(changed({ stage: "Open" }))).map(({ type }) => type)).toEqual([
      "lead-created",
      "stage-changed",
    ]);
  });

  test("give nothing where the mapping skips the row", () => {
    expect(mapper().place(changed({ stage: "Test", created: "never" }))).toEqual([]);
  });

  test("strip the currency's sign from an amount", () => {
    const [created] = events(mapper().place(changed({ price: "€ 1,054.5" })));
    expect(created).toMatchObject({ expected_value_minor: 105_450 });
  });

  test("give ids that depend on the row's key and the event, not on the rest of the row", () => {
    const ids = (row: string[]) => events(mapper().place(row)).map(({ event_id }) => event_id);
    expect(ids(changed({ price: "9", modified: "8" }))).toEqual(ids(good));
    expect(new Set([...ids(good), ...ids(changed({ id: "D2" }))]).size).toBe(6);
  });

  test.each([
    [{ id: "" }, "missing_key", "id is empty; it is the row's key"],
    [{ created: "" }, "missing_field", "created is empty; occurred_at of lead-created needs it"],
    [{ created: "13/45/2017" }, "bad_date", 'created "13/45/2017" is not a date in the format M/D/YYYY or iso'],
    [{ created: "soon" }, "bad_time", 'created "soon" is not a date'],
    [{ close: "2017-02-30" }, "bad_date", 'close "2017-02-30" is not a date'],
    [{ mail: "eve@x.eu" }, "unmatched_lookup", 'mail "eve@x.eu" is not in owners.csv'],
    [{ price: "lots" }, "bad_value", "price is"],
    [{ price: "-5" }, "negative_amount", "-500"],
    [{ price: "99999999999999" }, "amount_too_large", "price is"],
    [{ currency: "XYZ" }, "unknown_currency", "XYZ"],
    [{ deleted: "maybe" }, "bad_value", 'deleted "maybe" is no voided; expected true or false'],
    [{ modified: "" }, "missing_field", "modified is empty; the row's revision comes from it"],
    [{ modified: "x" }, "bad_time", 'modified "x" is no revision'],
    [{ pieces: "two" }, "wrong_type", 'pieces "two" is no quantity'],
    [{ product: "" }, "missing_field", "product is empty; a line needs its product"],
    [{ id: "x".repeat(2000) }, "field_too_large", "lead_id"],
  ])("refuse the whole row for %j", (changes, reason, detail) => {
    expect(mapper().place(changed(changes))).toMatchObject({ reason, detail: expect.stringContaining(detail) });
  });

  test("refuse a row that no event applies to, rather than drop it", () => {
    const only = deals.replace(/ {2}- type: lead-created[\s\S]*?(?= {2}- type: deal-closed)/u, "");
    expect(mapper(only).place(changed({ stage: "New" }))).toMatchObject({
      reason: "bad_value",
      detail: expect.stringContaining("skip"),
    });
  });

  test("are refused together where the file lacks a column, with the line that asks for it", () => {
    const bound = bind(
      deals,
      heading.filter((column) => column !== "mail" && column !== "stage"),
    );
    const faults = bound._tag === "Left" ? bound.left : [];
    expect(faults).toContain(
      'crm.yaml:17: deals.csv has no column "mail"; it has: id, created, close, price, currency, modified, deleted, product, pieces',
    );
    expect(faults.some((fault) => fault.startsWith('crm.yaml:11: deals.csv has no column "stage"'))).toBe(true);
  });

  test("seal a contact, and refuse to go on where they cannot", () => {
    const yaml =
      "source_system: crm\nrow_key: id\nevents:\n  - type: lead-created\n    fields: { lead_id: id, occurred_at: at, contact: { email: mail } }\n";
    const columns = ["id", "at", "mail"];
    expect(bind(yaml, columns)).toMatchObject({ _tag: "Left", left: [expect.stringContaining("no key to seal")] });
    const sealContact = (leadId: string, contact: object) => Buffer.from(`${leadId}${JSON.stringify(contact)}`);
    const sealing = mapper(yaml, columns, { sealContact });
    expect(events(sealing.place(["L1", "2017-03-01", "a@b.eu"]))[0]).toMatchObject({
      contact_sealed: Buffer.from('L1{"email":"a@b.eu"}'),
    });
    expect(events(sealing.place(["L1", "2017-03-01", ""]))[0]).not.toHaveProperty("contact_sealed");
  });

  test("take a revision from a time, in the zone of the file", () => {
    const yaml = deals.replace("revision: modified", "revision: { column: modified, date: M/D/YYYY H:mm }");
    const [created] = events(mapper(yaml).place(changed({ modified: "7/1/2017 12:00" })));
    expect(created?.revision).toBe(Date.parse("2017-07-01T09:00:00Z"));
  });
});

test("rows in any order give the same events", () => {
  const rows = Array.from({ length: 40 }, (_, index) =>
    changed({ id: `D${index % 30}`, stage: ["New", "Won", "Open", "Lost"][index % 4] ?? "", price: String(index) }),
  );
  const placed = (order: ReadonlyArray<string[]>) => {
    const one = mapper();
    return order.flatMap((row) => events(one.place(row)).map((event) => JSON.stringify(event))).sort();
  };
  const expected = placed(rows);
  fc.assert(
    fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (order) => {
      expect(placed(order)).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});

test("any row of text is placed or refused, never thrown at", () => {
  const one = mapper();
  const cell = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom(...good));
  fc.assert(
    fc.property(fc.array(cell, { minLength: good.length, maxLength: good.length }), (row) => {
      const placed = one.place(row);
      expect("reason" in placed ? placed.detail.length : placed.length + 1).toBeGreaterThan(0);
    }),
  );
});

describe("a look-up file", () => {
  const read = (csv: string) =>
    readLookupTable(
      { file: "o.csv", key: "mail", format: { delimiter: ",", encoding: "utf-8" }, line: 1 },
      Buffer.from(csv),
    );

  test.each([
    ["name\nAna\n", 'o.csv:1: there is no column "mail"; it has: name'],
    ["", "o.csv: the file is empty"],
    ["mail,name\na,b,c\n", "o.csv:2: the row has 3 fields; expected 2"],
    ["mail,name\na,b\na,c\n", 'o.csv:3: mail "a" stands twice with different values'],
  ])("is refused as a whole for %j", (csv, message) => {
    expect(read(csv)).toMatchObject({ _tag: "Left", left: expect.stringContaining(message) });
  });

  test("may repeat a row", () => {
    expect(read("mail,name\na,b\na,b\n")._tag).toBe("Right");
  });
});
