import { isLeft } from "fp-ts/lib/Either.js";
import type { TileDefinition } from "../board/board-definition.ts";
import { checkTile } from "../board-file/check-tile.ts";
import type { TilePreview } from "../board-source.ts";
import type { LiveTileSource, TileContext } from "./tile-source.ts";
import { tileSourceOf } from "./tile-sources.ts";

/** A tile that nobody has asked for in this time is forgotten: an editor asks every few seconds. */
const forgetAfterMs = 30_000;
/** Of all editors together. */
const keptMax = 64;

interface Held {
  readonly source: LiveTileSource;
  askedAtMs: number;
}

/** What tiles would show before their board is saved. Kept for as long as an editor asks, so that they stay live. */
export class TilePreviews {
  private readonly context: TileContext;
  private readonly held = new Map<string, Held>();

  constructor(terms: Omit<TileContext, "changed">) {
    this.context = { ...terms, changed: () => undefined };
    terms.view.onChange((change) => {
      for (const { source } of this.held.values()) source.note?.(change);
    });
  }

  at(tile: TileDefinition, nowMs: number): TilePreview {
    const { catalogue, workspace } = this.context;
    const checked = checkTile(tile, { catalogue, currency: workspace.currency });
    if (isLeft(checked)) return { reasons: checked.left };
    const text = JSON.stringify(checked.right);
    const known = this.held.get(text) ?? { source: tileSourceOf(checked.right, this.context), askedAtMs: nowMs };
    known.askedAtMs = nowMs;
    // The one that was asked for last stands last.
    this.held.delete(text);
    this.held.set(text, known);
    this.forget(nowMs);
    return { data: known.source.at(nowMs) };
  }

  private forget(nowMs: number): void {
    for (const [text, { source, askedAtMs }] of this.held) {
      if (this.held.size <= keptMax && nowMs - askedAtMs < forgetAfterMs) return;
      source.end?.();
      this.held.delete(text);
    }
  }
}
