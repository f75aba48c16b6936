import { describe, expect, test } from "vitest";
import { languages } from "../../reader/language.ts";
import { consoleTexts as en } from "./en.ts";
import { loadConsoleTexts } from "./load-console-texts.ts";

type Words = string | { readonly [key: string]: Words };

/** Every form by its path. */
const forms = (words: Words, path = ""): ReadonlyArray<readonly [path: string, form: string]> =>
  typeof words === "string"
    ? [[path, words]]
    : Object.entries(words).flatMap(([key, inner]) => forms(inner, `${path}.${key}`));

const placesOf = (form: string): string =>
  [...form.matchAll(/\{\w+\}/gu)]
    .map(([place]) => place)
    .sort()
    .join(" ");
const isOther = (path: string): boolean => path.endsWith(".other");
const english = new Map(forms({ ...en }));
const spoken = await Promise.all(
  languages.map(async (language) => [language, await loadConsoleTexts(language)] as const),
);

describe.each(spoken)("the console's words in %s", (language, texts) => {
  test("are all there, with the same places to fill in", () => {
    const own = forms({ ...texts });
    expect(own.filter(([, form]) => form.trim() === "")).toEqual([]);
    const named = own.filter(([path]) => english.has(path));
    expect(
      named.filter(([path, form]) => placesOf(form) !== placesOf(english.get(path) ?? "")).map(([path]) => path),
    ).toEqual([]);
    for (const path of english.keys()) if (!path.endsWith(".one")) expect(own.map(([name]) => name)).toContain(path);
  });

  test("have a form for every number, or one for all", () => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted().join();
    for (const counted of [texts.rows, texts.readRows, texts.doubled]) {
      const kinds = Object.keys(counted).toSorted().join();
      expect([needed, "other"]).toContain(kinds);
    }
  });

  test("are not those of English", () => {
    const same = forms({ ...texts }).filter(([path, form]) => !isOther(path) && english.get(path) === form);
    if (language !== "en") expect(same.length).toBeLessThan(8);
  });
});
