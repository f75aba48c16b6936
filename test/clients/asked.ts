/** As every client gives them, instants as milliseconds. */
export type Rows = ReadonlyArray<ReadonlyArray<unknown>>;

/** What every client is asked. */
export interface Asked {
  readonly rows: Rows;
  readonly streamed: { readonly rows: number; readonly total: number };
  readonly parameters: unknown;
  readonly types: unknown;
  readonly unknown_column: string | null;
  readonly refused: Readonly<Record<string, string | null>>;
}

/** What python/ask.py prints of one reader. */
export interface PythonAsked extends Omit<Asked, "rows"> {
  readonly ping: boolean;
  readonly rows: {
    readonly names: ReadonlyArray<string>;
    readonly rows: Rows;
    readonly frame_rows: number;
    readonly frame_sum: number;
    readonly frame_types: Readonly<Record<string, string>>;
  };
  readonly left: unknown;
  readonly compressed: ReadonlyArray<number>;
  readonly tables: ReadonlyArray<string>;
  readonly columns: Readonly<Record<string, string>>;
  readonly csv: string;
  readonly settings: number;
  readonly broken_midway: string | null;
  readonly insert: string | null;
}

/** What java/Ask.java prints of one reader. */
export interface JavaAsked extends Asked {
  readonly valid: boolean;
  readonly described: ReadonlyArray<string>;
  readonly cancelled: { readonly in_time: boolean; readonly ended_with: string | null; readonly kill: string | null };
  readonly metadata: {
    readonly product: string;
    readonly schemas: ReadonlyArray<string>;
    readonly tables: ReadonlyArray<string>;
    readonly columns: ReadonlyArray<string>;
    readonly comments: ReadonlyArray<string>;
    readonly keys: ReadonlyArray<string>;
    readonly types: boolean;
    readonly functions: boolean;
  };
}

/** What one program of a client prints. */
export interface Answers<A> {
  readonly all: A;
  readonly north: A;
  readonly nobody: string | null;
  readonly bearer: number;
}
