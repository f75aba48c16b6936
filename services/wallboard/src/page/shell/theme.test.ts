import { expect, test } from "vitest";
import { themeChoiceOf, themeOf } from "./theme.ts";

const system = { prefersDark: true, prefersContrast: false };

test("takes the reader's choice, else the board's, else the system's", () => {
  expect(themeOf("light", "dark", system)).toBe("light");
  expect(themeOf("board", "contrast", system)).toBe("contrast");
  expect(themeOf("board", "auto", system)).toBe("dark");
  expect(themeOf("auto", "light", system)).toBe("dark");
  expect(themeOf("auto", "light", { prefersDark: false, prefersContrast: false })).toBe("light");
  expect(themeOf("board", "auto", { prefersDark: true, prefersContrast: true })).toBe("contrast");
});

test("takes whatever it does not know for no choice", () => {
  expect(themeChoiceOf("sepia")).toBe("board");
  expect(themeChoiceOf(null)).toBe("board");
  expect(themeChoiceOf("contrast")).toBe("contrast");
});
