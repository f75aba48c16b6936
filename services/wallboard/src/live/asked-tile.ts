import type { TileData } from "../board/tile-data.ts";
import { Asked, type LastAnswer } from "./asked.ts";
import type { LiveTileSource, TileContext } from "./tile-source.ts";

/**
 * A tile whose data takes time to get: asked at most every 15 s and only while somebody watches, and it says so. Before
 * the first answer, or where there is none, it shows `empty` (with the reason `asking` or `not_served`).
 */
export class AskedTile<Data extends TileData> implements LiveTileSource {
  readonly definition: LiveTileSource["definition"];
  private readonly asked: Asked<Data>;
  private readonly waiting: Data;
  private readonly refused: Data;
  private shownOf: LastAnswer<Data> | undefined;
  private shown: Data | undefined;

  constructor(
    definition: LiveTileSource["definition"],
    { changed }: Pick<TileContext, "changed">,
    ask: (nowMs: number) => Promise<Data>,
    empty: Data,
  ) {
    this.definition = definition;
    this.asked = new Asked(ask, changed);
    this.waiting = { ...empty, source: "asked", reason: "asking" };
    this.refused = { ...empty, source: "asked", reason: "not_served" };
  }

  at(nowMs: number): Data {
    const last = this.asked.at(nowMs);
    if (last === undefined) return this.asked.hasFailed ? this.refused : this.waiting;
    if (last !== this.shownOf || this.shown === undefined) {
      this.shownOf = last;
      this.shown = { ...last.value, source: "asked", askedAtMs: last.askedAtMs };
    }
    return this.shown;
  }

  dueMs(): number {
    return this.asked.dueMs;
  }

  end(): void {
    this.asked.end();
  }
}
