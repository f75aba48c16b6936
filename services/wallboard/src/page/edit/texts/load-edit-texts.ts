import type { Language } from "../../reader/language.ts";
import type { EditTexts } from "../edit-texts.ts";
import { editTexts as en } from "./en.ts";

const others: Readonly<Record<Exclude<Language, "en">, () => Promise<{ readonly editTexts: EditTexts }>>> = {
  ro: () => import("./ro.ts"),
  pl: () => import("./pl.ts"),
  ru: () => import("./ru.ts"),
  "zh-Hant": () => import("./zh-hant.ts"),
};

/** English where the words do not come: the editor is usable all the same. */
export const loadEditTexts = async (language: Language): Promise<EditTexts> => {
  if (language === "en") return en;
  try {
    return (await others[language]()).editTexts;
  } catch {
    return en;
  }
};
