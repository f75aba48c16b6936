import type { TileDefinition } from "../board/board-definition.ts";
import type { Restated, TileData } from "../board/tile-data.ts";
import { Asked, type LastAnswer } from "./asked.ts";
import { restatementQuestionOf } from "./restatement-question.ts";
import type { LiveTileSource, TileContext } from "./tile-source.ts";

/** Each is two answers as of a time over facts: not for every frame. */
const askEveryMs = 60_000;

/** The tile with the newest change of what it shows of closed periods, asked for once a minute while somebody watches. */
export const withRestated = (
  source: LiveTileSource,
  definition: TileDefinition,
  context: TileContext,
): LiveTileSource => {
  const { askRestatements } = context;
  const questionAt = askRestatements && restatementQuestionOf(definition, context);
  if (questionAt === undefined) return source;
  const asked = new Asked<Restated | undefined>(
    async (nowMs) => {
      const question = questionAt(nowMs);
      return question && askRestatements?.(question);
    },
    context.changed,
    askEveryMs,
  );
  let shownOf: readonly [TileData, LastAnswer<Restated | undefined> | undefined] | undefined;
  let shown: TileData | undefined;
  return {
    definition,
    at: (nowMs) => {
      const data = source.at(nowMs);
      const last = asked.at(nowMs);
      if (shown === undefined || shownOf?.[0] !== data || shownOf[1] !== last) {
        const restated = last?.value;
        shown = restated === undefined ? data : { ...data, restated };
        shownOf = [data, last];
      }
      return shown;
    },
    note: (change) => source.note?.(change),
    dueMs: () => Math.min(asked.dueMs, source.dueMs?.() ?? Number.POSITIVE_INFINITY),
    end: () => {
      asked.end();
      source.end?.();
    },
  };
};
