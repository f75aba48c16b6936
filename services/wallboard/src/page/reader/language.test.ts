import { expect, test } from "vitest";
import { chooseLanguage } from "./language.ts";

test("takes the address before what was kept, that before the browser's, and English where nothing fits", () => {
  expect(chooseLanguage("pl", "ro", ["ru"])).toEqual({ language: "pl", locale: "pl" });
  expect(chooseLanguage(null, "ro", ["ru"])).toEqual({ language: "ro", locale: "ro" });
  expect(chooseLanguage(null, null, ["de-AT", "ru-RU"])).toEqual({ language: "ru", locale: "ru-RU" });
  expect(chooseLanguage(null, null, ["de"])).toEqual({ language: "en", locale: "en" });
  expect(chooseLanguage("tlh", null, ["ro"])).toEqual({ language: "ro", locale: "ro" });
});

test("keeps the region of the browser where it goes with the language", () => {
  expect(chooseLanguage("en", null, ["ro", "en-GB"])).toEqual({ language: "en", locale: "en-GB" });
  expect(chooseLanguage(null, null, ["zh-TW"])).toEqual({ language: "zh-Hant", locale: "zh-TW" });
});

test("passes over what is no language tag", () => {
  expect(chooseLanguage(null, null, ["en-US@posix", "pl"])).toEqual({ language: "pl", locale: "pl" });
});
