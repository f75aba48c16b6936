import type { Language } from "../reader/language.ts";
import { en } from "./en.ts";
import type { Texts } from "./texts.ts";

/** The words of a language; English stands in the page itself, so that there is always something to say. */
export const loadTexts = async (_language: Language): Promise<Texts> => en;
