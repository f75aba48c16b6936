import type { Language } from "@leadwire/kpis";

/** The fixed words of the list of metrics; what a metric says of itself stands in its own file. */
export interface MetricsWords {
  readonly better: Readonly<Record<"higher" | "lower", string>>;
  /** Between two sentences. */
  readonly stop: string;
  /** The dimensions that it goes by. */
  readonly by: string;
  readonly null: string;
  readonly misleads: string;
  readonly targets: string;
  readonly more: (count: number) => string;
}

export const metricsWords: Readonly<Record<Language, MetricsWords>> = {
  en: {
    better: { higher: "Higher is better.", lower: "Lower is better." },
    stop: ". ",
    by: "By",
    null: "Null",
    misleads: "Misleads",
    targets: "Targets",
    more: (count) => `and ${count} more (targets list)`,
  },
  ro: {
    better: { higher: "Mai mare e mai bine.", lower: "Mai mic e mai bine." },
    stop: ". ",
    by: "După",
    null: "Fără valoare",
    misleads: "Induce în eroare",
    targets: "Ținte",
    more: (count) => `și încă ${count} (targets list)`,
  },
  pl: {
    better: { higher: "Im więcej, tym lepiej.", lower: "Im mniej, tym lepiej." },
    stop: ". ",
    by: "Według",
    null: "Brak wartości",
    misleads: "Wprowadza w błąd",
    targets: "Cele",
    more: (count) => `i jeszcze ${count} (targets list)`,
  },
  ru: {
    better: { higher: "Чем больше, тем лучше.", lower: "Чем меньше, тем лучше." },
    stop: ". ",
    by: "По",
    null: "Нет значения",
    misleads: "Где обманывает",
    targets: "Цели",
    more: (count) => `и ещё ${count} (targets list)`,
  },
  "zh-Hant": {
    better: { higher: "越高越好。", lower: "越低越好。" },
    stop: "。",
    by: "依",
    null: "無值",
    misleads: "易誤解之處",
    targets: "目標",
    more: (count) => `另有 ${count} 項 (targets list)`,
  },
};
