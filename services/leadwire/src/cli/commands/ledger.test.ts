import { expect, test } from "vitest";
import type { LedgerLine } from "../../engine/engine.ts";
import { ledgerText } from "./ledger.ts";

const line: LedgerLine = {
  source: "crm",
  accepted: 4,
  applied: 4,
  duplicate: 0,
  quarantined: 0,
  pending: 0,
  forwarded: 0,
  superseded: 0,
  conflict: 0,
  missing: 0,
};

test("says nothing of forwards where there are none", () => {
  expect(ledgerText({ lines: [line], total: line, balanced: true })).not.toMatch(/forwarded/i);
});

test("shows what was sent on, and what its producer should do", () => {
  const forwarded = { ...line, forwarded: 3 };
  const text = ledgerText({ lines: [forwarded], total: forwarded, balanced: true });
  expect(text).toMatch(/missing +forwarded +superseded/);
  expect(text).toContain("Its producer should partition by murmur2 of the key.");
});
