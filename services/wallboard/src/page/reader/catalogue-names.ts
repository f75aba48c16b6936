import type { CatalogueAnswer } from "../../board/catalogue-answer.ts";
import type { Texts } from "../texts/texts.ts";

/** The catalogue's names in the reader's language. What it does not know is shown as it is written. */
export interface CatalogueNames {
  /** `Response time, median` for `lead_response_time.p50`. */
  readonly metric: (metric: string) => string;
  /** `Rep` for `rep`. */
  readonly dimension: (dimension: string) => string;
}

/** Words of an identifier, for what nobody has named: `deal_won` reads `deal won`. */
export const plainWords = (id: string): string => id.replaceAll("_", " ");

export const namesOf = (answer: CatalogueAnswer | null, texts: Texts): CatalogueNames => {
  const byMetric = new Map(answer?.metrics.map((metric) => [metric.metric, metric]));
  return {
    metric: (id) => {
      const known = byMetric.get(id);
      if (known === undefined) return plainWords(id);
      if (known.statistic === undefined) return known.name;
      return `${known.name}, ${texts.statistics[known.statistic] ?? plainWords(known.statistic)}`;
    },
    dimension: (id) => texts.dimensions[id] ?? plainWords(id),
  };
};
