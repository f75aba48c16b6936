import type { BoardFreshness } from "../board-source.ts";
import type { BoardHead, BoardStore } from "./board-store.ts";
import { formatCount } from "./number-format.ts";
import { fill, type Texts } from "./texts.ts";
import { formatClock, formatMoment } from "./time-format.ts";

interface FreshnessProps {
  readonly store: BoardStore;
  readonly head: BoardHead | null;
  readonly texts: Texts;
}

/** What can be trusted: the connection's trouble first, then what the engine says of its data. */
export const freshnessState = (store: BoardStore): string => {
  const connection = store.connection.value;
  return connection === "connected" ? (store.freshness.value?.state ?? "connecting") : connection;
};

const stateText = (store: BoardStore, texts: Texts): string => {
  const connection = store.connection.value;
  if (connection !== "connected") return texts.connection[connection];
  const freshness = store.freshness.value;
  return freshness === null ? texts.connection.connecting : texts.freshness[freshness.state];
};

const joined = (parts: ReadonlyArray<string>): string => parts.filter((part) => part !== "").join(" · ");

/** What is still to come. A number that nobody keeps up any more is not told. */
const toGo = ({ state, behindEvents, partsToGo = 0 }: BoardFreshness, locale: string, texts: Texts): string[] => {
  const parts = partsToGo === 0 ? [] : [fill(texts.partsToGo, { count: formatCount(partsToGo, locale) })];
  if (state !== "catching_up" || behindEvents === 0) return parts;
  return [...parts, fill(texts.behind, { count: formatCount(behindEvents, locale) })];
};

/** How far, or since when. The clock ticks; the state beside it is announced only when it changes. */
const detailOf = (store: BoardStore, head: BoardHead | null, texts: Texts): string => {
  const freshness = store.freshness.value;
  if (head === null || freshness === null) return "";
  const { locale, timeZone } = head;
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
  return joined([complete, ...toGo(freshness, locale, texts)]);
};

export const FreshnessView = ({ store, head, texts }: FreshnessProps) => (
  <div class="freshness" data-state={freshnessState(store)}>
    <span class="state" role="status">
      {stateText(store, texts)}
    </span>
    <span class="complete">{detailOf(store, head, texts)}</span>
  </div>
);

export const ClockView = ({ store, head, texts }: FreshnessProps) =>
  head === null ? null : (
    <p class="clock" title={`${texts.workspaceTime}, ${head.timeZone}`}>
      {formatClock(store.nowMs.value, head.locale, head.timeZone)} <span class="zone">{head.timeZone}</span>
    </p>
  );
