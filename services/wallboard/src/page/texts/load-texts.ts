import type { Language } from "../reader/language.ts";
import { en } from "./en.ts";
import type { Texts } from "./texts.ts";

const others: Readonly<Record<Exclude<Language, "en">, () => Promise<Texts>>> = {
  ro: async () => (await import("./ro.ts")).ro,
  pl: async () => (await import("./pl.ts")).pl,
  ru: async () => (await import("./ru.ts")).ru,
  "zh-Hant": async () => (await import("./zh-hant.ts")).zhHant,
};

/** The words of a language; English stands in the page itself, so that there is something to say when others do not come. */
export const loadTexts = async (language: Language): Promise<Texts> => {
  if (language === "en") return en;
  try {
    return await others[language]();
  } catch {
    return en;
  }
};
