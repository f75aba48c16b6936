import { type Catalogue, checkQuestion, findStatistic, type Language, listMetrics } from "@leadwire/kpis";
import { isLeft } from "fp-ts/lib/Either.js";
import type { CatalogueAnswer, CatalogueMetric } from "../board/catalogue-answer.ts";
import { isLevel, levelWindow } from "../board-file/metric-choice.ts";

const windows = ["1h", "24h", "7d", "30d", "90d", "365d", "day", "week", "month", "quarter", "year", "all"];

/** What can be put on a board, named in a language. */
export const catalogueAnswer = (catalogue: Catalogue, lang: Language): CatalogueAnswer => {
  const windowsOf = (metric: string): ReadonlyArray<string> =>
    windows.filter((window) => !isLeft(checkQuestion({ metric, window, atMs: 0, by: [], where: [] }, catalogue)));
  const metrics = listMetrics(catalogue, lang).flatMap(({ metric: id, name, line, better, statistics }) =>
    statistics.map((statistic): CatalogueMetric => {
      const named = findStatistic(catalogue, statistic.name);
      const level = !isLeft(named) && isLevel(named.right);
      const { unit, dimensions } = statistic;
      return {
        metric: statistic.default ? id : statistic.name,
        name,
        line,
        ...(statistic.name === id ? {} : { statistic: statistic.name.slice(id.length + 1) }),
        unit,
        better,
        level,
        dimensions,
        windows: level ? [levelWindow] : windowsOf(statistic.name),
      };
    }),
  );
  return { lang, metrics };
};
