/** `GET /api/sql/schema`: what the console completes, lists and says of whoever asks. */
export interface ConsoleSchema {
  /** IANA zone of the workspace. */
  readonly timeZone: string;
  /** They see the rows of these dimensions' values alone; empty: all. */
  readonly where: ReadonlyArray<readonly [dimension: string, value: string]>;
  readonly canEdit: boolean;
  /** There are boards for them, too. */
  readonly seesBoards: boolean;
  readonly views: ReadonlyArray<ConsoleView>;
  /** The functions that a statement may call, in ClickHouse's spelling. */
  readonly functions: ReadonlyArray<string>;
}

export const layers = ["events", "facts", "metrics", "engine"] as const;
export type Layer = (typeof layers)[number];

export interface ConsoleView {
  readonly name: string;
  readonly layer: Layer;
  readonly comment: string;
  /** What it is called with, as in `kpi_win_rate(by = '', …)`, each with a value to begin with; empty: a plain view. */
  readonly parameters: ReadonlyArray<readonly [name: string, example: string]>;
  readonly columns: ReadonlyArray<{ readonly name: string; readonly type: string; readonly comment: string }>;
}
