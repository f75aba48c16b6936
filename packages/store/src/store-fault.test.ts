import { expect, test } from "vitest";
import { faultText, plainDetail, refusal } from "./store-fault.ts";

test("leaves ClickHouse's version and stack out of a message", () => {
  const message = "Unknown table 'x'. (UNKNOWN_TABLE) (version 26.7.2.1 (official build)), Stack trace: 0. main";
  expect(plainDetail(message)).toBe("Unknown table 'x'. (UNKNOWN_TABLE)");
});

test("tells what passes from what will be refused again", () => {
  expect(refusal(241, "MEMORY_LIMIT_EXCEEDED", "memory")._tag).toBe("Overloaded");
  expect(refusal(62, "SYNTAX_ERROR", "syntax")._tag).toBe("Rejected");
});

test("says who refused what in one line", () => {
  expect(faultText(refusal(62, "SYNTAX_ERROR", "failed at\n position 3"))).toBe(
    "ClickHouse refused it (SYNTAX_ERROR, code 62): failed at position 3",
  );
});
