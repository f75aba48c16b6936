import type { BoardFreshness } from "../../board-source.ts";
import type { BoardStore } from "../board-store.ts";
import type { Reader } from "../reader/reader.ts";
import { formatClock, formatMoment } from "../reader/time-format.ts";
import { counted } from "../texts/counted.ts";
import { fill } from "../texts/texts.ts";
import { stateOf } from "../tiles/tile-state.ts";
import { useComputedOf } from "./use-computed-of.ts";

interface FreshnessProps {
  readonly store: BoardStore;
  readonly reader: Reader;
}

const stateText = (store: BoardStore, { texts }: Reader): string => {
  const state = stateOf(store.connection.value, store.freshness.value);
  if (state === "live" || state === "catching_up" || state === "stale") return texts.freshness[state];
  return texts.connection[state === "gone" ? "disconnected" : state];
};

const joined = (parts: ReadonlyArray<string>): string => parts.filter((part) => part !== "").join(" · ");

/** What is still to come. A number that nobody keeps up any more is not told. */
const toGo = ({ state, behindEvents, partsToGo = 0 }: BoardFreshness, { locale, texts }: Reader): string[] => {
  const parts = partsToGo === 0 ? [] : [counted(texts.partsToGo, partsToGo, locale)];
  if (state !== "catching_up" || behindEvents === 0) return parts;
  return [...parts, counted(texts.behind, behindEvents, locale)];
};

/** How far, or since when. The clock ticks; the state beside it is announced only when it changes. */
const detailOf = (store: BoardStore, reader: Reader): string => {
  const freshness = store.freshness.value;
  if (freshness === null) return "";
  const { locale, texts, timeZone } = reader;
  const completeMs = freshness.completeThroughMs;
  const complete =
    completeMs === null
      ? // Only who is live knows that there is nothing.
        freshness.state === "live"
        ? texts.nothingYet
        : ""
      : fill(texts.completeTo, { time: formatMoment(completeMs, store.nowMs.peek(), locale, timeZone) });
  const connection = store.connection.value;
  if (connection === "disconnected" || connection === "paused") {
    const since = fill(texts.since, { time: formatClock(store.connectionSinceMs.value, locale, timeZone) });
    return joined([`${since}${connection === "paused" ? "" : `, ${texts.retrying}`}`, complete]);
  }
  return joined([complete, ...toGo(freshness, reader)]);
};

/** How far the whole board can be trusted, in the header. */
export const FreshnessView = ({ store, reader }: FreshnessProps) => {
  const state = useComputedOf(() => stateOf(store.connection.value, store.freshness.value), [store]);
  return (
    <div class="freshness" data-state={state}>
      <span class="state" role="status">
        {stateText(store, reader)}
      </span>
      <span class="complete">{detailOf(store, reader)}</span>
    </div>
  );
};

export const ClockView = ({ store, reader }: FreshnessProps) => (
  <p class="clock" title={`${reader.texts.workspaceTime}, ${reader.timeZone}`}>
    {formatClock(store.nowMs.value, reader.locale, reader.timeZone)} <span class="zone">{reader.timeZone}</span>
  </p>
);
