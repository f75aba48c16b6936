import type { AlertRecord } from "@leadwire/events";
import type { Measure } from "@leadwire/kpis";
import type { ToldBatch } from "@leadwire/stream";

/** What watches the tasks and decides: the live service's own parts, fed by hand. */
export interface ReplayStage {
  /** What has to be sliced for it. */
  readonly measures: ReadonlyArray<Measure>;
  /** Facts and slices, as the tasks tell them. */
  readonly tell: (told: ToldBatch) => void;
  /** What follows at this instant, in the order in which it would be written. */
  readonly step: (nowMs: number) => ReadonlyArray<AlertRecord>;
  /** When time alone may bring something; the past where one step was not enough; +Infinity for never. */
  readonly nextDueMs: () => number;
}
