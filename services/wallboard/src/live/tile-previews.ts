import { isLeft } from "fp-ts/lib/Either.js";
import type { TileDefinition } from "../board/board-definition.ts";
import { checkTile } from "../board-file/check-tile.ts";
import type { TilePreview } from "../board-source.ts";
import type { LiveBoardTerms } from "./live-board.ts";
import type { LiveTileSource, TileContext } from "./tile-source.ts";
import { tileSourceOf } from "./tile-sources.ts";

/** A tile that nobody has asked for in this time is forgotten: an editor asks every few seconds. */
const forgetAfterMs = 30_000;
/** Of all editors together. */
const keptMax = 64;

interface Held {
  readonly source: LiveTileSource;
  readonly askedAtMs: number;
}

type PreviewTerms = Omit<TileContext, "changed"> & Pick<LiveBoardTerms, "nowMs" | "after">;

/**
 * What tiles would show before their board is saved. Each is kept for as long as an editor asks, so that it stays live and
 * what it asks of facts has the time to come; without an editor nothing is remembered and nothing listened to.
 */
export class TilePreviews {
  private readonly terms: PreviewTerms;
  private readonly context: TileContext;
  /** The one that was asked for last stands last. */
  private readonly held = new Map<string, Held>();
  private endListening: (() => void) | undefined;

  constructor(terms: PreviewTerms) {
    this.terms = terms;
    this.context = { ...terms, changed: () => undefined };
  }

  at = (tile: TileDefinition): TilePreview => {
    const { catalogue, workspace, nowMs } = this.terms;
    const checked = checkTile(tile, { catalogue, currency: workspace.currency });
    if (isLeft(checked)) return { reasons: checked.left };
    const text = JSON.stringify(checked.right);
    const askedAtMs = nowMs();
    const source = this.held.get(text)?.source ?? tileSourceOf(checked.right, this.context);
    this.held.delete(text);
    this.held.set(text, { source, askedAtMs });
    if (this.held.size > keptMax) this.forgetFirst();
    if (this.endListening === undefined) this.listen();
    return { data: source.at(askedAtMs) };
  };

  private listen(): void {
    this.endListening = this.terms.view.onChange((change) => {
      for (const { source } of this.held.values()) source.note?.(change);
    });
    this.terms.after(forgetAfterMs, this.forgetOld);
  }

  private forgetOld = (): void => {
    const nowMs = this.terms.nowMs();
    // A clock set back forgets too: what is asked for again is made anew.
    for (const { askedAtMs } of [...this.held.values()])
      if (Math.abs(nowMs - askedAtMs) >= forgetAfterMs) this.forgetFirst();
    if (this.held.size > 0) {
      this.terms.after(forgetAfterMs, this.forgetOld);
      return;
    }
    this.endListening?.();
    this.endListening = undefined;
  };

  private forgetFirst(): void {
    const [first] = this.held;
    if (first === undefined) return;
    first[1].source.end?.();
    this.held.delete(first[0]);
  }
}
