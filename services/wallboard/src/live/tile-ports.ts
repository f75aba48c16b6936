import type { PartialQuery } from "@leadwire/kpis";
import type { AlertsData, Restated } from "../board/tile-data.ts";

/** What tiles ask beside slices: services/leadwire answers. */

/**
 * How many durations of a query lie up to each edge (included) and beyond the one before it, the last without an upper
 * one; rejects where facts cannot be asked now.
 */
export type AskBands = (query: PartialQuery, edgesMs: ReadonlyArray<number>) => Promise<ReadonlyArray<number>>;

/** A question to the report `restatements`, in its words. */
export interface RestatementQuestion {
  readonly metric: string;
  readonly period: "month" | "quarter" | "year";
  /** Instants as ISO text, or a period by its name. */
  readonly window: string;
  readonly since: string;
}

/** The newest change of a closed number; undefined where nothing changed it. Rejects where it cannot be asked now. */
export type AskRestatements = (question: RestatementQuestion) => Promise<Restated | undefined>;

export type BoardAlert = AlertsData["alerts"][number];

/** Alerts as they stand now: pending, firing, and those resolved a short while ago. */
export interface AlertsSource {
  /** The same array as long as nothing has changed. */
  readonly alerts: () => ReadonlyArray<BoardAlert>;
  /** Calls the listener after a change. Returns what ends it. */
  readonly onChange: (listener: () => void) => () => void;
}
