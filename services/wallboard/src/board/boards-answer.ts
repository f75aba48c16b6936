/** `GET /api/boards`: the boards that this reader may see, in their order. */
export interface BoardsAnswer {
  readonly boards: ReadonlyArray<BoardSummary>;
  /** Files that cannot be read, in sentences; only for those who may edit. */
  readonly faults: ReadonlyArray<{ readonly file: string; readonly text: string }>;
  /** Whether this reader may save. */
  readonly canEdit: boolean;
  /** Whether this reader may ask in SQL, and so has the console at `/sql`. */
  readonly canSql: boolean;
}

export interface BoardSummary {
  readonly id: string;
  readonly title: string;
  /** Nobody has saved it yet: it comes with the product. */
  readonly builtIn: boolean;
}
