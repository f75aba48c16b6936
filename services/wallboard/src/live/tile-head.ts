import type { TileHead } from "../board/tile-data.ts";

/** What every tile begins with: read from slices, nothing to note. */
export const liveHead = (
  id: string,
): Pick<TileHead, "id" | "flags"> & { readonly changedAtMs: null; readonly source: "live" } => ({
  id,
  changedAtMs: null,
  source: "live",
  flags: [],
});
