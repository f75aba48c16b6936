import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { dimensions, factKinds, factOutcomes } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { describe, expect, test } from "vitest";
import { catalogueAnswer } from "./boards/catalogue-answers.ts";
import { mrrMovements } from "./live/waterfall-source.ts";
import { languages } from "./page/reader/language.ts";
import { counted } from "./page/texts/counted.ts";
import { en } from "./page/texts/en.ts";
import { loadTexts } from "./page/texts/load-texts.ts";

type Words = string | { readonly [key: string]: Words };

const spoken = await Promise.all(
  languages.map(async (language) => [language, { ...(await loadTexts(language)) }] as const),
);
const categories = ["zero", "one", "two", "few", "many", "other"];
const isCounted = (words: Words): words is Readonly<Record<string, string>> =>
  typeof words !== "string" && Object.keys(words).every((key) => categories.includes(key)) && "other" in words;

/** Every sentence by its path; the forms of a counted one under the path of the whole. */
const sentences = (words: Words, path = ""): ReadonlyArray<readonly [path: string, forms: ReadonlyArray<string>]> => {
  if (typeof words === "string") return [[path, [words]]];
  if (isCounted(words)) return [[path, Object.values(words)]];
  return Object.entries(words).flatMap(([key, inner]) => sentences(inner, path === "" ? key : `${path}.${key}`));
};

const countedOf = (
  words: Words,
  path = "",
): ReadonlyArray<readonly [path: string, Readonly<Record<string, string>>]> => {
  if (typeof words === "string") return [];
  if (isCounted(words)) return [[path, words]];
  return Object.entries(words).flatMap(([key, inner]) => countedOf(inner, `${path}.${key}`));
};

const placeholders = (form: string): string =>
  [...form.matchAll(/\{\w+\}/g)]
    .map(([name]) => name)
    .sort()
    .join(" ");

const english = new Map(sentences({ ...en }));

describe.each(spoken)("the words of %s", (language, words) => {
  const own = new Map(sentences(words));

  test("are those of English, none missing and none empty", () => {
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
    expect([...own].filter(([, forms]) => forms.some((form) => form.trim() === ""))).toEqual([]);
  });

  test("hold the same places to fill in", () => {
    const wrong = [...own].flatMap(([path, forms]) => {
      const expected = placeholders(english.get(path)?.at(-1) ?? "");
      // A form for a single number may say it in words: the last hour.
      return forms.filter((form, index) => {
        const found = placeholders(form);
        return found !== expected && !(forms.length > 1 && index === 0 && found === "");
      });
    });
    expect(wrong).toEqual([]);
  });

  test("have a form for every number, or one for all", () => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const wrong = countedOf(words).filter(([, forms]) => {
      const kinds = Object.keys(forms);
      return kinds.join() !== "other" && kinds.toSorted().join() !== needed.toSorted().join();
    });
    expect(wrong).toEqual([]);
  });
});

test("numbers take the form that their language has for them", async () => {
  const said = async (language: (typeof languages)[number], count: number) =>
    counted((await loadTexts(language)).explained.facts, count, language);
  expect(await Promise.all([1, 2, 5, 22].map((count) => said("pl", count)))).toEqual([
    "1 fakt",
    "2 fakty",
    "5 faktów",
    "22 fakty",
  ]);
  expect(await Promise.all([1, 19, 20, 101].map((count) => said("ro", count)))).toEqual([
    "1 fapt",
    "19 fapte",
    "20 de fapte",
    "101 fapte",
  ]);
  expect(await Promise.all([21, 24, 11].map((count) => said("ru", count)))).toEqual([
    "21 факт",
    "24 факта",
    "11 фактов",
  ]);
  expect(await said("zh-Hant", 3)).toBe("3 項事實");
});

test("a language of its own says nothing in English but what is the same in both", () => {
  for (const [language, words] of spoken) {
    const own = sentences(words);
    const same = own.filter(([path, forms]) => forms.join() === english.get(path)?.join()).length;
    expect(language === "en" ? 0 : same / own.length).toBeLessThan(0.1);
  }
});

describe("every word is needed", () => {
  const page = fileURLToPath(new URL("./page/", import.meta.url));
  const sources = readdirSync(page, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes("test") && !/^texts[/\\]/.test(path))
    .map((path) => readFileSync(join(page, path), "utf8"));

  const chosenByTone = ["better", "worse"];

  /** A group that is read by a computed key is used as a whole. */
  const isUsed = (path: string): boolean => {
    const keys = path.split(".");
    return keys.every((key, depth) => {
      const outer = keys.slice(0, depth);
      const holder = outer.at(-1);
      if (holder !== undefined && sources.some((text) => new RegExp(`\\b${holder}\\b\\??\\.?\\[`).test(text)))
        return true;
      // `texts.charts.soFar`, `const { charts } = texts`, `({ explained }: Texts)`.
      const read = new RegExp(`\\.${key}\\b|\\{[^{}]*\\b${key}\\b[^{}]*\\}\\s*(=|:\\s*Texts)`);
      const isChosen = chosenByTone.includes(path) && sources.some((text) => text.includes("texts[change.tone]"));
      const isRead = (text: string): boolean => read.test(text) && (holder === undefined || text.includes(holder));
      return isChosen || sources.some(isRead);
    });
  };

  test("by a source of the page", () => {
    expect(sources.length).toBeGreaterThan(50);
    expect([...english.keys()].filter((path) => !isUsed(path))).toEqual([]);
  });

  test("by the catalogue: its statistics and dimensions have names", () => {
    const { metrics } = catalogueAnswer(catalogue, "en");
    const statistics = new Set(metrics.flatMap(({ statistic }) => statistic ?? []));
    expect(Object.keys(en.statistics).sort()).toEqual([...statistics].sort());
    expect(Object.keys(en.dimensions).sort()).toEqual(["rep", ...dimensions].sort());
    expect(metrics.flatMap((metric) => metric.dimensions).filter((name) => !(name in en.dimensions))).toEqual([]);
  });

  test("by the facts: their kinds and outcomes have names", () => {
    expect(Object.keys(en.explained.kinds).sort()).toEqual([...factKinds].sort());
    expect(Object.keys(en.explained.outcomes).sort()).toEqual(factOutcomes.filter((name) => name !== "").sort());
    expect(Object.keys(en.charts.movements).sort()).toEqual(["start", "end", ...mrrMovements].sort());
  });

  test("by the numbers: what is to be kept in mind of one has words", () => {
    const from = (path: string): ReadonlyArray<string> => {
      const folder = fileURLToPath(new URL(path, import.meta.url));
      return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts") && !name.includes("test"))
        .flatMap((name) => {
          const text = readFileSync(join(folder, name), "utf8");
          const said = /(?:reason: |flags?\.push\(|flag: |flags: \[|\? \[\] : \[)"([a-z_]+)"/g;
          return [...text.matchAll(said)].flatMap(([, flag]) => flag ?? []);
        });
    };
    const flags = new Set([...from("./live/"), ...from("../../../packages/kpis/src/evaluate/")]);
    expect(flags.size).toBeGreaterThan(5);
    expect([...flags].filter((flag) => !(flag in en.flags))).toEqual([]);
  });
});
