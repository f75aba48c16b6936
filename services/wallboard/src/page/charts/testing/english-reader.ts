import { namesOf } from "../../reader/catalogue-names.ts";
import type { Reader } from "../../reader/reader.ts";
import { en } from "../../texts/en.ts";

/** Whoever reads the charts of the tests. */
export const englishReader: Reader = {
  locale: "en",
  texts: en,
  timeZone: "UTC",
  currency: "EUR",
  names: namesOf(null, en),
};

/** Without the spaces that never break, which nobody can tell from others in a test. */
export const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");
