/** A number that another generation answers otherwise. */
export interface NumberDifference {
  /** With its statistic: `lead_response_time.p50`. */
  readonly metric: string;
  readonly window: string;
  /** The dimension's value; empty for the company. */
  readonly group: Readonly<Record<string, string>>;
  readonly unit: string;
  readonly currency?: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** How many facts of a kind there are, where the two differ in any of them. */
export interface FactDifference {
  readonly kind: string;
  readonly before: number;
  readonly after: number;
}

/** What will be another number once a generation serves. */
export interface RebuildDifferences {
  readonly before: string;
  readonly after: string;
  /** The instant that both were asked at: the newest event's. */
  readonly at: string;
  readonly facts: ReadonlyArray<FactDifference>;
  readonly numbers: ReadonlyArray<NumberDifference>;
  /** How many numbers were compared. Those of metrics none of whose facts differ are the same, and are not asked. */
  readonly compared: number;
}
