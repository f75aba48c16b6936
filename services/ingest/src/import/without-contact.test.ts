import { describe, expect, test } from "vitest";
import { lineWithoutContact, rowWithoutContact } from "./without-contact.ts";

const line = (text: string): string => lineWithoutContact(Buffer.from(text)).toString();

describe("a quarantined row without its contact", () => {
  test("keeps everything else byte by byte, numbers beyond 2^53 too", () => {
    expect(line('{"a": 9007199254740993,"contact": {"name":"Ana \\"A\\" }","tags":[{"x":1}]} ,"lead_id":"L1"}')).toBe(
      '{"a": 9007199254740993,"contact": "(removed)" ,"lead_id":"L1"}',
    );
    expect(line('{"lead_id":"Zoë","channel":"x"}')).toBe('{"lead_id":"Zoë","channel":"x"}');
    const bytes = Buffer.from([0x7b, 0xff, 0x00]);
    expect(lineWithoutContact(bytes)).toEqual(bytes);
  });

  test.each([
    ['{"contact":"Ana ana@example.com","lead_id":"L1"}', '{"contact":"(removed)","lead_id":"L1"}'],
    ['{"lead_id":"L1","Email":"ana@example.com"}', '{"lead_id":"L1","Email":"(removed)"}'],
    ['{"contact":{"name":"Ana', '{"contact":"(removed)"'],
    ['{"contact":{"name":"Ana"}', '{"contact":"(removed)"'],
    ['[{"contact":["Ana"]},{"phone":407}]', '[{"contact":"(removed)"},{"phone":"(removed)"}]'],
  ])("takes it out of %s", (text, expected) => expect(line(text)).toBe(expected));

  test("takes it out of the columns that the mapping reads it from", () => {
    const heading = ["id", "who", "note"];
    const row = rowWithoutContact(["1", "Ana; Pop", 'a "b"; c'], heading, new Set(["who"]), ";");
    expect(row.toString()).toBe('1;(removed);"a ""b""; c"');
    expect(rowWithoutContact(null, heading, new Set(["who"]), ";").toString()).toContain("(removed)");
  });
});
