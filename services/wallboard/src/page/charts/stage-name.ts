import { plainWords } from "../reader/catalogue-names.ts";

/** A stage as a heading: the workspace names its stages in lower case, `closed_won` reads `Closed won`. */
export const stageName = (stage: string, locale: string): string => {
  const words = plainWords(stage);
  const [first = ""] = words;
  return first.toLocaleUpperCase(locale) + words.slice(first.length);
};
