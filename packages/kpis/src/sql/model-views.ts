import type { Catalogue } from "../catalogue.ts";
import type { CompletedStatistic, Metric } from "../metric.ts";
import { metricDayView } from "./day-view.ts";
import { instantColumns } from "./metric-columns.ts";
import { type MetricView, metricViews } from "./metric-views.ts";
import { metricWindowView } from "./metric-window-view.ts";
import type { ModelView } from "./model-view.ts";
import { type CalendarRules, windowView } from "./window-view.ts";

/** The view of instants, which other statements are made of. */
const instantView = (metric: Metric, statistic: CompletedStatistic, view: MetricView): ModelView => ({
  name: view.name,
  comment: `${view.comment}, between instants: for statements that know the calendar themselves`,
  call: `${view.name}(${view.parameters.map((name) => `${name} = …`).join(", ")})`,
  columns: instantColumns(metric, statistic),
  select: view.select,
});

/**
 * The metrics' layer of a workspace: of every number a view by the words of the command line, one by day without
 * parameters where it has a number of a day, and one between instants. They stand on the facts' layer by name.
 */
export const modelViews = (catalogue: Catalogue, rules: CalendarRules): ReadonlyArray<ModelView> => [
  windowView(rules),
  ...[...catalogue.metrics.values()].flatMap((metric) =>
    metricViews(metric).flatMap((view) => {
      const statistic = metric.statistics.get(view.statistic);
      if (statistic === undefined) return [];
      const daily = metricDayView(metric, statistic, view, rules);
      return [
        metricWindowView(metric, statistic, view, rules),
        ...(daily === undefined ? [] : [daily]),
        instantView(metric, statistic, view),
      ];
    }),
  ),
];
