/**
 * Names are texts as small integers, so that the hot path compares and groups without touching a string.
 * A name is only meaningful together with the table that made it. 0 is the missing value, `(none)`.
 */
export type Name = number;

/** The name of nothing; it shows as `(none)`. */
export const missing: Name = 0;

export interface NameTable {
  /** The name of a text; made on first use, the same for ever after. */
  readonly intern: (text: string) => Name;
  readonly text: (name: Name) => string;
}
