import type { Language } from "../../reader/language.ts";
import type { ConsoleTexts } from "./console-texts.ts";
import { consoleTexts as en } from "./en.ts";

const others: Readonly<Record<Exclude<Language, "en">, () => Promise<{ readonly consoleTexts: ConsoleTexts }>>> = {
  ro: () => import("./ro.ts"),
  pl: () => import("./pl.ts"),
  ru: () => import("./ru.ts"),
  "zh-Hant": () => import("./zh-hant.ts"),
};

/** English where the words do not come: the console is usable all the same. */
export const loadConsoleTexts = async (language: Language): Promise<ConsoleTexts> => {
  if (language === "en") return en;
  try {
    return (await others[language]()).consoleTexts;
  } catch {
    return en;
  }
};
