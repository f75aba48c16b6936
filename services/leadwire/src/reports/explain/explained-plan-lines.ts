import { type Catalogue, findStatistic, type PlanEntry, type Unit } from "@leadwire/kpis";
import type { Store } from "@leadwire/store";
import { isLeft } from "fp-ts/lib/Either.js";
import { type FactEvent, factEvents, originOf, readEvents } from "../fact-events.ts";

/** A target or a forecast behind an answer. */
export interface ExplainedPlanLine {
  readonly kind: PlanEntry["kind"];
  /** Of a target: the metric, or one of its statistics. */
  readonly metric?: string;
  /** company, team:x or rep:y. */
  readonly scope: string;
  readonly period: string;
  /** In the metric's own unit, money in minor units. */
  readonly value: number;
  readonly unit: Unit;
  readonly events: ReadonlyArray<FactEvent>;
}

const scopeText = ({ level, name }: PlanEntry): string =>
  level === "company" ? "company" : `${level === "owner" ? "rep" : level}:${name}`;

const unitOf = (catalogue: Catalogue, { kind, subject }: PlanEntry): Unit => {
  const found = findStatistic(catalogue, subject);
  return kind === "forecast" || isLeft(found) ? "money" : found.right.statistic.unit;
};

/** Targets and forecasts with the events that state them. Rejects with StoreError. */
export const explainedPlanLines = async (
  store: Store,
  catalogue: Catalogue,
  entries: ReadonlyArray<PlanEntry>,
): Promise<ReadonlyArray<ExplainedPlanLine>> => {
  const origins = entries.map(({ factId, kind }) => originOf(factId, kind));
  const events = await readEvents(
    store,
    origins.filter((origin) => origin !== undefined),
  );
  return entries.map((entry, index) => ({
    kind: entry.kind,
    ...(entry.kind === "target" ? { metric: entry.subject } : {}),
    scope: scopeText(entry),
    period: entry.period,
    value: entry.value,
    unit: unitOf(catalogue, entry),
    events: factEvents([["origin", origins[index]]], events),
  }));
};
