/**
 * `GET /api/boards/ID/tiles/TILE/explain`: what stands behind a number. Names are those of `npx leadwire explain --json`,
 * which `explanation` is; every text of an event is text, never markup.
 */
export interface ExplainAnswer {
  readonly tile: string;
  readonly question: ExplainedQuestion;
  /** As it is asked on the command line. */
  readonly command: string;
  /** A ClickHouse statement whose column `value` is the number (of a histogram: a column for each band). */
  readonly sql: string;
  readonly explanation: Explanation;
}

export interface ExplainedQuestion {
  readonly metric: string;
  readonly window: string;
  /** The one group that the number belongs to; none for the company's. */
  readonly group: ReadonlyArray<readonly [dimension: string, value: string]>;
  readonly where: ReadonlyArray<readonly [dimension: string, value: string]>;
  /** ISO 8601: the end of the running minute that boards are read at. */
  readonly at: string;
}

export interface Explanation {
  readonly answer: ExplainedValue;
  /** In words. */
  readonly formula: string;
  /** The facts of every part, added up, are what the answer was made of. */
  readonly adds_up: boolean;
  readonly parts: ReadonlyArray<ExplainedPart>;
  /** The targets and forecasts that it is made of, or held against. */
  readonly plan: ReadonlyArray<ExplainedPlan>;
}

interface ExplainedValue {
  readonly value: number | null;
  readonly unit: string;
  /** ISO 4217. */
  readonly currency?: string;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly count?: number;
  readonly target?: number;
  readonly window: { readonly from: string | null; readonly to: string | null };
  readonly flags: ReadonlyArray<string>;
}

interface ExplainedPart {
  readonly part: string;
  readonly what: string;
  readonly measure: string;
  /** Money is in minor units, `s` are seconds. */
  readonly unit: string;
  /** Each value counts by its fact's weight: × probability in 1/10,000, or × 12 / months of its term. */
  readonly weigh?: "bin" | "yearly";
  readonly total: number;
  readonly facts_count: number;
  /** How many of them `facts` holds: ask with a higher `limit` for more. */
  readonly shown: number;
  readonly adds_up: boolean;
  readonly facts: ReadonlyArray<ExplainedFact>;
}

interface ExplainedFact {
  readonly fact_id: string;
  readonly kind: string;
  readonly outcome?: string;
  readonly at: string;
  readonly lead_id?: string;
  readonly deal_id?: string;
  readonly account_id?: string;
  readonly owner?: string;
  readonly count: number;
  /** In the part's unit. */
  readonly value: number;
  readonly weight?: number;
  readonly events: ReadonlyArray<ExplainedEvent>;
}

interface ExplainedEvent {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly occurred_at: string;
  /** origin, cause, creation. */
  readonly as: ReadonlyArray<string>;
}

interface ExplainedPlan {
  readonly kind: string;
  readonly metric?: string;
  readonly scope: string;
  readonly period: string;
  readonly value: number;
  readonly unit: string;
  readonly events: ReadonlyArray<ExplainedEvent>;
}
