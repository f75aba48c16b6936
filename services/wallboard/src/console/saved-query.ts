/** What a saved query's chart shows: columns of its result by name. */
export interface ChartChoice {
  readonly kind: "line" | "bar" | "scatter";
  readonly x: string;
  readonly y: string;
  /** Null: one series. */
  readonly series: string | null;
}

/** A query that is kept for everybody: a file `queries/NAME.sql`. */
export interface SavedQuery {
  readonly name: string;
  /** Empty: the name says it. */
  readonly title: string;
  readonly description: string;
  readonly sql: string;
  /** Null: shown as a table. */
  readonly chart: ChartChoice | null;
}

/** `GET /api/queries`. */
export interface QueriesAnswer {
  readonly queries: ReadonlyArray<Pick<SavedQuery, "name" | "title" | "description">>;
  /** This reader may save. */
  readonly canEdit: boolean;
}
