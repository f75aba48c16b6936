import type { TileData } from "../../board/tile-data.ts";
import type { BoardFreshness } from "../../board-source.ts";
import type { BoardStore } from "../board-store.ts";
import type { Reader } from "../reader/reader.ts";
import { formatMinute, formatMoment } from "../reader/time-format.ts";
import { TipButton } from "../shell/tip-button.tsx";
import { useComputedOf } from "../shell/use-computed-of.ts";
import { counted } from "../texts/counted.ts";
import { fill } from "../texts/texts.ts";
import { type FreshnessState, stateOf, tileStateOf } from "./tile-state.ts";

interface FreshnessProps {
  readonly data: TileData;
  readonly store: BoardStore;
  readonly reader: Reader;
}

/** The state in words; how far behind is said where somebody knows. */
const stateWords = (state: FreshnessState, freshness: BoardFreshness | null, { locale, texts }: Reader): string => {
  if (state === "connecting" || state === "disconnected" || state === "paused") return texts.connection[state];
  if (state === "gone") return texts.connection.disconnected;
  const behind = freshness?.behindEvents ?? 0;
  return state === "catching_up" && behind > 0
    ? counted(texts.behindShort, behind, locale, { compact: behind >= 10_000 })
    : texts.freshness[state];
};

/** Complete through, last change, and how the number comes: what the dot opens to. */
const detailsOf = ({ data, store, reader }: FreshnessProps): string[] => {
  const { locale, texts, timeZone } = reader;
  const moment = (atMs: number): string => formatMoment(atMs, store.nowMs.value, locale, timeZone);
  const boardMs = store.freshness.value?.completeThroughMs ?? null;
  // What was asked knows nothing of what came after.
  const completeMs = boardMs === null ? null : Math.min(boardMs, data.askedAtMs ?? boardMs);
  const lines = completeMs === null ? [] : [fill(texts.completeTo, { time: moment(completeMs) })];
  lines.push(
    data.changedAtMs === null ? texts.neverChanged : fill(texts.changedAt, { time: moment(data.changedAtMs) }),
  );
  if (data.source === "asked") lines.push(texts.askedNotPushed);
  return lines;
};

/**
 * How fresh a tile is: a dot while all is well, words beside it when not, and for a number that is asked for the time of
 * the asking. Opens to the details.
 */
export const TileFreshness = (props: FreshnessProps) => {
  const { data, store, reader } = props;
  const { locale, texts, timeZone } = reader;
  const state = useComputedOf(() => {
    const ofBoard = stateOf(store.connection.value, store.freshness.value);
    // Only what is asked depends on the clock.
    return data.source === "asked" ? tileStateOf(ofBoard, data, store.nowMs.value) : ofBoard;
  }, [store, data]);
  const words = useComputedOf(() => stateWords(state.value, store.freshness.value, reader), [state, store, reader]);
  const asked =
    data.source === "asked" && data.askedAtMs !== undefined
      ? fill(texts.asOf, { time: formatMinute(data.askedAtMs, locale, timeZone) })
      : "";
  return (
    <TipButton
      class="fresh"
      state={state.value}
      label={asked === "" ? words.value : `${words.value}, ${asked}`}
      tip={() => (
        <>
          <strong>{words}</strong>
          {detailsOf(props).map((line) => (
            <span key={line}>{line}</span>
          ))}
        </>
      )}
    >
      <span class="fresh-words" aria-hidden="true">
        {state.value === "live" ? asked : words}
      </span>
      <i class="fresh-dot" />
    </TipButton>
  );
};
