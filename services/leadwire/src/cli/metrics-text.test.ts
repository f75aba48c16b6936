import type { PlanEntry } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { type MetricsDocument, metricsDocument } from "../reports/metrics.ts";
import { metricsText } from "./metrics-text.ts";
import { textWidth } from "./table.ts";

const target = (subject: string, period: string, value: number, atMs = 1): PlanEntry => ({
  ...{ kind: "target", factId: `plan/${subject}${period}${atMs}/target/0`, atMs, subject, period },
  ...{ level: "company", name: "", value },
});

const listed = (
  asked: { readonly lang?: string; readonly metric?: string },
  planned: ReadonlyArray<PlanEntry> = [],
): MetricsDocument => {
  const made = metricsDocument(catalogue, "EUR", planned, asked);
  if (isLeft(made)) throw new Error(made.left.message);
  return made.right;
};

test("every metric is listed with its numbers, in the language asked for", () => {
  const { metrics, language } = listed({ lang: "RO" });
  expect([language, metrics.map(({ metric }) => metric)]).toEqual(["ro", [...catalogue.metrics.keys()]]);
  const winRate = metrics.find(({ metric }) => metric === "win_rate");
  expect(winRate).toMatchObject({ name: "Rata de câștig", better: "higher", formula_version: 1 });
  expect(winRate?.statistics[0]).toMatchObject({ name: "win_rate", unit: "ratio", default: true });
});

test("the targets that count stand beside their metric, in its unit", () => {
  const planned = [
    target("sales", "2026-Q1", 100, 1),
    target("sales", "2026-Q1", 50_000_000, 2),
    target("nps", "2026", 40),
  ];
  const document = listed({ metric: "sales" }, planned);
  expect(document.metrics).toHaveLength(1);
  expect(document.metrics[0]?.targets).toEqual([
    { metric: "sales", scope: "company", period: "2026-Q1", value: 50_000_000 },
  ]);
  expect(metricsText(document)).toContain("  Targets:   company 2026-Q1 500,000.00 EUR\n");
});

test("the list says in words what a number is, and by what it goes", () => {
  const text = metricsText(listed({ metric: "win_rate.by_value" }));
  expect(text).toContain("win_rate  Win rate\n  Won deals among those closed. Higher is better.\n");
  expect(text).toMatch(/win_rate +ratio +\(count of deal closed \(won\)\) \/ \(count of deal closed/u);
  expect(text).toContain("  Misleads:  ");
});

test("an unknown language or metric is told with what there is", () => {
  expect(() => listed({ lang: "de" })).toThrow('There are no texts in "de": write en, ro, pl, ru, zh-Hant.');
  expect(() => listed({ metric: "winrate" })).toThrow(/There is no metric "winrate". There are active_customers, /);
});

test("the list's own words are in the language asked for, and no line is wider than a terminal", () => {
  const words = { en: "Higher is better.", ro: "Mai mare e mai bine.", pl: "Im więcej, tym lepiej." };
  const more = { ru: "Чем больше, тем лучше.", "zh-Hant": "越高越好。" };
  for (const [lang, better] of Object.entries({ ...words, ...more })) {
    const text = metricsText(listed({ lang }));
    expect(text).toContain(better);
    expect(text.includes("Misleads:")).toBe(lang === "en");
    expect(text.split("\n").filter((line) => textWidth(line) > 100)).toEqual([]);
  }
});
