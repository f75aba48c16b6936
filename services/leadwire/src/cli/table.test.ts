import { describe, expect, test } from "vitest";
import { safeBytes, safeText } from "./safe-text.ts";
import { tableText, textWidth } from "./table.ts";

describe("tables for a terminal", () => {
  test("line up, also with wide and combining characters", () => {
    const columns = [
      { title: "who", align: "left" },
      { title: "n", align: "right" },
    ] as const;
    const text = tableText(columns, [
      ["王小明", "1"],
      ["Zoë", "22"],
    ]);
    expect(text).toBe(["who      n", "──────  ──", "王小明   1", "Zoë     22", ""].join("\n"));
    expect(textWidth("Zoe\u0308")).toBe(3);
  });

  test("never let data move the cursor, clear the screen or turn the text around", () => {
    const text = tableText([{ title: "lead", align: "left" }], [["\u001b[2J\u0007evil\u202etxt\r\nnext\u009b31m"]]);
    expect(text.split("\n")).toHaveLength(4);
    expect(text).toContain("\\x1b[2J\\x07evil\\u202etxt\\x0d\\x0anext\\x9b31m");
    expect(safeText("plain – текст")).toBe("plain – текст");
  });

  test("show original bytes as text where they are text, and byte by byte where not", () => {
    expect(safeBytes(Buffer.from("a,ü\r\nb\u001b[1m"), 100)).toBe("a,ü\nb\\x1b[1m");
    expect(safeBytes(Buffer.from([0x61, 0xff, 0x00]), 100)).toBe("a\\xff\\x00");
    expect(safeBytes(Buffer.alloc(5000, "x"), 10)).toBe("xxxxxxxxxx\n… and 4990 bytes more");
  });
});
