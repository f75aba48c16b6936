import type { TileDefinition } from "../board/board-definition.ts";
import type { TileContext } from "./tile-source.ts";

/**
 * The stretch of time in which a tile reaches its target once: the running period of its window, else the running day.
 * Undefined for a window that is over, and for tiles without a target.
 */
export const celebratedStretch = (
  definition: TileDefinition | undefined,
  nowMs: number,
  { view }: Pick<TileContext, "view">,
): string | undefined => {
  if (definition?.type !== "number" && definition?.type !== "gauge") return undefined;
  const { metric } = definition;
  const window = definition.window === "now" ? "all" : definition.window;
  const checked = view.state.check({ metric, window, atMs: nowMs });
  if (checked._tag === "Left") return undefined;
  const placed = view.plan(checked.right).window;
  const fromMs = placed.fromMs ?? Number.NEGATIVE_INFINITY;
  const toMs = placed.toMs ?? Number.POSITIVE_INFINITY;
  if (nowMs < fromMs || nowMs >= toMs) return undefined;
  return String(placed.period === null ? view.state.calendar.dayStartOf(nowMs) : fromMs);
};
