import type { CatalogueAnswer } from "../../board/catalogue-answer.ts";
import type { Texts } from "../texts/texts.ts";

/** The catalogue's names in the reader's language. What it does not know is shown as it is written. */
export interface CatalogueNames {
  /** `Response time` for `lead_response_time.p90`. */
  readonly metric: (metric: string) => string;
  /** What it is, in one line; empty where the catalogue does not know it. */
  readonly line: (metric: string) => string;
  /**
   * Which number of the metric: `p90`, `by value`; of the one that the bare name stands for only where a reader could
   * take it for another, such as `median`. Empty where there is nothing to say.
   */
  readonly statistic: (metric: string) => string;
  /** `Rep` for `rep`. */
  readonly dimension: (dimension: string) => string;
}

/** Words of an identifier, for what nobody has named: `deal_won` reads `deal won`. */
export const plainWords = (id: string): string => id.replaceAll("_", " ");

const averages: ReadonlySet<string> = new Set(["mean", "p50"]);

export const namesOf = (answer: CatalogueAnswer | null, texts: Texts): CatalogueNames => {
  const byMetric = new Map(answer?.metrics.map((metric) => [metric.metric, metric]));
  return {
    metric: (id) => byMetric.get(id)?.name ?? plainWords(id),
    // The default number of a metric may be asked by its whole name, too.
    line: (id) => (byMetric.get(id) ?? byMetric.get(id.split(".")[0] ?? ""))?.line ?? "",
    statistic: (id) => {
      const statistic = byMetric.get(id)?.statistic;
      if (statistic === undefined || (!id.includes(".") && !averages.has(statistic))) return "";
      return texts.statistics[statistic] ?? plainWords(statistic);
    },
    dimension: (id) => texts.dimensions[id] ?? plainWords(id),
  };
};
