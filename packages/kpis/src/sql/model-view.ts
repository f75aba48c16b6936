/** A column of a view, its type as clients see it, and what it means. */
export interface ModelColumn {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

/** A view of the metrics' layer, as the store makes and prints it. */
export interface ModelView {
  readonly name: string;
  readonly comment: string;
  /** How it is written after FROM, of one that takes parameters; a plain one has none. */
  readonly call?: string;
  readonly columns: ReadonlyArray<ModelColumn>;
  readonly select: string;
}
