import { expect, test } from "vitest";
import { faultText, plainDetail, refusal } from "./store-fault.ts";

test("leaves ClickHouse's version and stack out of a message", () => {
  const message = "Unknown table 'x'. (UNKNOWN_TABLE) (version 26.7.2.1 (official build)), Stack trace: 0. main";
  expect(plainDetail(message)).toBe("Unknown table 'x'. (UNKNOWN_TABLE)");
});

test.each([
  [75, "CANNOT_WRITE_TO_FILE_DESCRIPTOR"],
  [76, "CANNOT_OPEN_FILE"],
  [107, "FILE_DOESNT_EXIST"],
  [159, "TIMEOUT_EXCEEDED"],
  [164, "READONLY"],
  [202, "TOO_MANY_SIMULTANEOUS_QUERIES"],
  [209, "SOCKET_TIMEOUT"],
  [210, "NETWORK_ERROR"],
  [241, "MEMORY_LIMIT_EXCEEDED"],
  [242, "TABLE_IS_READ_ONLY"],
  [243, "NOT_ENOUGH_SPACE"],
  [252, "TOO_MANY_PARTS"],
  [285, "TOO_FEW_LIVE_REPLICAS"],
  [319, "UNKNOWN_STATUS_OF_INSERT"],
  [999, "KEEPER_EXCEPTION"],
])("%i %s passes: a writer asks again", (code, name) => {
  expect(refusal(code, name, "detail")).toEqual({ _tag: "Overloaded", code, detail: "detail" });
});

test.each([
  [33, "CANNOT_READ_ALL_DATA"],
  [53, "TYPE_MISMATCH"],
  [60, "UNKNOWN_TABLE"],
  [62, "SYNTAX_ERROR"],
  [497, "ACCESS_DENIED"],
  [516, "AUTHENTICATION_FAILED"],
])("%i %s will be refused again", (code, name) => {
  expect(refusal(code, name, "detail")._tag).toBe("Rejected");
});

test("a reader is told of its limits instead of waiting for them to pass", () => {
  expect(refusal(159, "TIMEOUT_EXCEEDED", "60 s", "analyst")._tag).toBe("Rejected");
  expect(refusal(164, "READONLY", "SET", "analyst")._tag).toBe("Rejected");
  expect(refusal(241, "MEMORY_LIMIT_EXCEEDED", "500 MB", "analyst")._tag).toBe("Overloaded");
});

test("says who refused what in one line", () => {
  expect(faultText(refusal(62, "SYNTAX_ERROR", "failed at\n position 3"))).toBe(
    "ClickHouse refused it (SYNTAX_ERROR, code 62): failed at position 3",
  );
  expect(faultText(refusal(243, "NOT_ENOUGH_SPACE", "no room"))).toBe(
    "ClickHouse cannot do it now (code 243): no room",
  );
});
