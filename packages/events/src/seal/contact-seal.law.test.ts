import fc from "fast-check";
import { isRight, right } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import type { Contact } from "../json-form.ts";
import { seal, unseal } from "./contact-seal.ts";

const contacts: fc.Arbitrary<Contact> = fc.record(
  { name: fc.string({ unit: "grapheme" }), email: fc.emailAddress(), phone: fc.string(), company: fc.string() },
  { requiredKeys: [] },
);
const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("a sealed contact", () => {
  test("opens with its key and lead to the same contact", () => {
    fc.assert(
      fc.property(contacts, keys, fc.string(), (contact, key, leadId) => {
        expect(unseal(seal(contact, key, leadId), key, leadId)).toEqual(right(contact));
      }),
    );
  });

  test("is the same bytes for the same contact, in whatever order its fields stand", () => {
    const key = Buffer.alloc(32, 7);
    const sealed = seal({ name: "Ana", email: "ana@example.com" }, key, "L1");
    expect(seal({ email: "ana@example.com", name: "Ana" }, key, "L1")).toEqual(sealed);
    expect(seal({ name: "Ana", email: "ana@example.org" }, key, "L1")).not.toEqual(sealed);
  });

  test("does not open with another key, for another lead, or after any change", () => {
    fc.assert(
      fc.property(contacts, keys, keys, fc.nat(), fc.integer({ min: 1, max: 255 }), (contact, key, other, at, flip) => {
        fc.pre(Buffer.compare(key, other) !== 0);
        const sealed = seal(contact, key, "L1");
        expect(isRight(unseal(sealed, other, "L1"))).toBe(false);
        expect(isRight(unseal(sealed, key, "L2"))).toBe(false);
        const changed = Uint8Array.from(sealed);
        const index = at % changed.length;
        changed[index] = (changed[index] ?? 0) ^ flip;
        expect(isRight(unseal(changed, key, "L1"))).toBe(false);
        expect(isRight(unseal(sealed.subarray(0, index), key, "L1"))).toBe(false);
      }),
    );
  });

  test("shows neither the text nor, within a block, its length", () => {
    const key = Buffer.alloc(32, 9);
    const short = seal({ name: "Al" }, key, "L1");
    const long = seal({ name: "Alexandrina" }, key, "L1");
    expect(short.length).toBe(long.length);
    expect(Buffer.from(long).includes("Alexandrina")).toBe(false);
  });
});
