import type { Catalogue } from "@leadwire/kpis";

/** What the lines of a board are held against. */
export interface BoardContext {
  readonly catalogue: Catalogue;
  /** Of the workspace: amounts of money are stated in it. */
  readonly currency: string;
}
