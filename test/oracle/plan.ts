import type { ForecastSubmitted, SalesEvent, TargetSet } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { byCodeUnits } from "./lead.ts";
import { converted } from "./money.ts";

const latest = <E extends SalesEvent>(events: ReadonlyArray<E>): E | undefined =>
  events
    .toSorted(
      (a, b) =>
        a.occurred_at - b.occurred_at ||
        byCodeUnits(a.source_system, b.source_system) ||
        byCodeUnits(a.event_id, b.event_id),
    )
    .at(-1);

const isTarget = (event: SalesEvent): event is TargetSet => event.type === "target-set";
const isForecast = (event: SalesEvent): event is ForecastSubmitted => event.type === "forecast-submitted";

/** The target that counts: the last that was set for just this metric, scope and period. */
export const targetOf = (
  events: ReadonlyArray<SalesEvent>,
  metric: string,
  scope: string,
  period: string,
): number | null =>
  latest(events.filter(isTarget).filter((t) => t.metric === metric && t.scope === scope && t.period === period))
    ?.value ?? null;

/** The scopes that have a target of a metric for a period. */
export const targetedScopes = (
  events: ReadonlyArray<SalesEvent>,
  metric: string,
  period: string | null,
): ReadonlyArray<string> =>
  events.filter(isTarget).flatMap((t) => (t.metric === metric && t.period === period ? [t.scope] : []));

/** The last forecast for each scope of a period that was made before the period began, in minor units. */
export const forecastsOf = (
  events: ReadonlyArray<SalesEvent>,
  period: string,
  beginsMs: number,
  workspace: Workspace,
): ReadonlyMap<string, bigint> => {
  const made = events.filter(isForecast).filter((f) => f.period === period && f.occurred_at < beginsMs);
  const byScope = Map.groupBy(made, ({ scope }) => scope);
  return new Map(
    [...byScope].map(([scope, ofScope]) => {
      const last = latest(ofScope);
      const amount = last === undefined ? 0n : converted(last.amount_minor, last.currency, last.occurred_at, workspace);
      return [scope, amount];
    }),
  );
};
