import type { ReadonlySignal } from "@preact/signals";
import type { BoardEvent } from "../board-source.ts";
import type { BoardHead } from "./board-store.ts";
import { formatDuration, formatMoney } from "./number-format.ts";
import { fill, type Texts } from "./texts.ts";
import { formatClock, formatMoment } from "./time-format.ts";

interface FeedProps {
  readonly feed: ReadonlySignal<ReadonlyArray<BoardEvent>>;
  readonly nowMs: ReadonlySignal<number>;
  readonly head: BoardHead;
  readonly texts: Texts;
}

/** Late events carry their date; the others are minutes old, so the time is enough. */
const timeOf = (event: BoardEvent, nowMs: number, { locale, timeZone }: BoardHead): string =>
  event.lateByMs === undefined
    ? formatClock(event.occurredAtMs, locale, timeZone)
    : formatMoment(event.occurredAtMs, nowMs, locale, timeZone);

const EventView = ({
  event,
  nowMs,
  head,
  texts,
}: { event: BoardEvent; nowMs: number } & Omit<FeedProps, "feed" | "nowMs">) => {
  const beside = [event.detail, event.by].filter((text) => text !== undefined && text !== "").join(" · ");
  const late = event.lateByMs === undefined ? "" : formatDuration(event.lateByMs / 1_000, head.locale, texts);
  return (
    <li class="event" data-kind={event.kind}>
      <span class="event-kind">{texts.events[event.kind]}</span>
      <span class="event-subject">{event.subject}</span>
      <span class="event-amount">
        {event.amountMinor !== undefined && event.currency !== undefined
          ? formatMoney(event.amountMinor, event.currency, head.locale)
          : ""}
      </span>
      <time dateTime={new Date(event.occurredAtMs).toISOString()}>{timeOf(event, nowMs, head)}</time>
      <span class="event-beside">{beside}</span>
      {late !== "" && <span class="event-late">{fill(texts.late, { duration: late })}</span>}
    </li>
  );
};

/** The latest events, newest first. Not a live region: it would never stop talking. */
export const FeedView = ({ feed, nowMs, head, texts }: FeedProps) => (
  <section class="panel feed" aria-labelledby="feed-title">
    <div class="panel-head">
      <h2 id="feed-title">{texts.feed}</h2>
    </div>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
    <section class="scroll" tabIndex={0} aria-labelledby="feed-title">
      {feed.value.length === 0 ? (
        <p class="empty">{texts.noEvents}</p>
      ) : (
        <ol class="events">
          {feed.value.map((event) => (
            <EventView key={event.seq} event={event} nowMs={nowMs.peek()} head={head} texts={texts} />
          ))}
        </ol>
      )}
    </section>
  </section>
);
