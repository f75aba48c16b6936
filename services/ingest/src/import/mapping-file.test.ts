import { describe, expect, test } from "vitest";
import type { Mapping } from "./mapping.ts";
import { readMapping } from "./mapping-file.ts";

const least = `source_system: crm
row_key: id
events:
  - type: lead-created
    fields:
      lead_id: id
      occurred_at: created
`;

const mapping = (yaml: string): Mapping => {
  const read = readMapping("crm.yaml", yaml);
  if (read._tag === "Left") throw new Error(read.left.join("\n"));
  return read.right;
};

const faults = (yaml: string): ReadonlyArray<string> => {
  const read = readMapping("crm.yaml", yaml);
  return read._tag === "Left" ? read.left : [];
};

describe("a mapping file", () => {
  test("needs no more than a source, a row key and one event", () => {
    expect(mapping(least)).toMatchObject({
      sourceSystem: "crm",
      format: { delimiter: ",", encoding: "utf-8" },
      numbers: { decimal: ".", group: "," },
      skip: null,
      events: [{ type: "lead-created", ordinal: 0, when: null, lines: [], contact: null }],
    });
  });

  test("reads every key of the grammar", () => {
    const full = mapping(`source_system: shop
encoding: windows-1250
delimiter: tab
columns: [id, mail, when, sum, cur, "no"]
empty: [NULL, "-"]
dates: [DD.MM.YYYY, iso]
time_zone: Europe/Bucharest
numbers: { decimal: "," }
currency: { column: cur, default: RON }
row_key: [id, "no"]
revision: { column: when, date: epoch_ms }
lookups:
  owners: { file: owners.csv, key: mail, delimiter: ";" }
renames:
  outcome: { yes: won, no: lost }
skip: { mail: { present: false } }
events:
  - type: deal-closed
    when:
      - { sum: { not: "0" }, id: { present: true } }
      - { "no": ["1", "2"] }
    fields:
      lead_id: id
      occurred_at: { column: when, date: "M/D/YYYY" }
      outcome: { column: "no", rename: outcome }
      amount: sum
      owner: { lookup: owners, by: { column: mail, rename: { a: b } }, take: name, on_miss: absent }
      reason: { join: [id, { constant: x }], with: "/" }
      lines:
        - { product: mail, amount: sum }
  - type: lead-created
    fields:
      lead_id: id
      occurred_at: when
      contact: { email: mail }
  - type: deal-closed
    fields: { lead_id: id, occurred_at: when, outcome: { constant: won }, amount: sum, currency: cur }
`);
    expect(full.format).toEqual({ delimiter: "\t", encoding: "windows-1250" });
    expect(full.numbers).toEqual({ decimal: ",", group: "." });
    expect(full.columns).toEqual(["id", "mail", "when", "sum", "cur", "no"]);
    expect(full.lookups.get("owners")).toMatchObject({ format: { delimiter: ";", encoding: "windows-1250" } });
    expect(full.events.map(({ type, ordinal }) => [type, ordinal])).toEqual([
      ["deal-closed", 0],
      ["lead-created", 0],
      ["deal-closed", 1],
    ]);
    expect(full.events[0]?.when).toMatchObject([
      [
        { column: "sum", noneOf: new Set(["0"]) },
        { column: "id", present: true },
      ],
      [{ column: "no", oneOf: new Set(["1", "2"]) }],
    ]);
    expect(full.events[0]?.fields.get("outcome")?.rename?.get("no")).toBe("lost");
  });

  test("takes a bare currency code as the constant it is", () => {
    expect(mapping(`currency: USD\n${least}`).currency?.from).toEqual({ _tag: "Constant", value: "USD" });
  });

  test.each([
    ["source_system: crm\n", "crm.yaml:1: row_key: is missing"],
    [least.replace("lead_id: id", "lead: id"), 'crm.yaml:6: events[0].fields: unknown key "lead"; expected one of'],
    [
      least.replace("      lead_id: id\n", ""),
      "crm.yaml:4: events[0].fields: lead_id is missing; lead-created needs it",
    ],
    [least.replace("lead-created", "lead-made"), 'crm.yaml:4: events[0].type: "lead-made" is not known'],
    [`encoding: utf-16\n${least}`, 'crm.yaml:1: encoding: "utf-16" is not known'],
    [`dates: M/D\n${least}`, 'crm.yaml:1: dates: "M/D" is not a date format'],
    [`time_zone: Mars/Olympus\n${least}`, 'crm.yaml:1: time_zone: "Mars/Olympus" is no time zone'],
    [`delimiter: "::"\n${least}`, "crm.yaml:1: delimiter: expected one character"],
    [`numbers: { decimal: ",", group: "," }\n${least}`, "crm.yaml:1: numbers: decimal and group are the same"],
    [`revison: x\n${least}`, 'crm.yaml:1: unknown key "revison"'],
    [`${least}      owner: { lookup: people, by: id, take: name }\n`, 'there is no lookup "people"'],
    [`${least}      owner: { column: a, constant: b }\n`, "crm.yaml:8: events[0].fields.owner: expected only one of"],
    [`${least}      owner: { constant: a, take: b }\n`, "take goes with lookup"],
    [`${least}      owner: { column: a, rename: nicknames }\n`, 'there is no "nicknames" under renames'],
    [`${least}      expected_value: sum\n`, "money needs a currency"],
    [`${least}      owner: [a, b]\n`, "crm.yaml:8: events[0].fields.owner: expected a column's name"],
    [`${least}    when: { a: { equals: b } }\n`, 'crm.yaml:8: events[0].when.a: unknown key "equals"'],
    ["a: [1\n", "crm.yaml:"],
    ["", "expected a map with source_system"],
  ])("refuses %j with the line and what was expected", (yaml, expected) => {
    expect(faults(yaml).join("\n")).toContain(expected);
  });

  test("tells every fault at once", () => {
    expect(faults(`encoding: x\ndelimiter: xx\n${least.replace("lead-created", "x")}`)).toHaveLength(3);
  });
});
