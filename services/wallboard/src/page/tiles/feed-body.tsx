import type { BoardEvent } from "../../board-source.ts";
import { roughTime } from "../reader/clock-text.ts";
import { formatMoney } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { formatMinuteOf } from "../reader/time-format.ts";
import { fill } from "../texts/texts.ts";
import type { TileBodyProps } from "./tile-body.ts";

interface EventProps {
  readonly event: BoardEvent;
  readonly nowMs: number;
  readonly reader: Reader;
}

const timeOf = ({ event, nowMs, reader: { locale, timeZone } }: EventProps): string =>
  formatMinuteOf(event.occurredAtMs, nowMs, locale, timeZone);

const EventLine = (props: EventProps) => {
  const { event, reader } = props;
  const { locale, texts } = reader;
  const beside = [event.detail, event.by].filter((text) => text !== undefined && text !== "").join(" · ");
  return (
    <li class="event" data-kind={event.kind}>
      <span class="event-kind">{texts.events[event.kind]}</span>
      <span class="event-subject">{event.subject}</span>
      {event.amountMinor !== undefined && event.currency !== undefined && (
        <span class="event-amount">{formatMoney(event.amountMinor, event.currency, locale)}</span>
      )}
      {beside !== "" && <span class="event-beside">{beside}</span>}
      <span class="event-time">
        {event.lateByMs !== undefined && (
          <span class="event-late">{fill(texts.late, { duration: roughTime(event.lateByMs, texts) })}</span>
        )}
        <time dateTime={new Date(event.occurredAtMs).toISOString()}>{timeOf(props)}</time>
      </span>
    </li>
  );
};

/** The latest events, newest first, as many as there is room for. Not a live region: it would never stop talking. */
export const FeedBody = ({ definition, reader, board }: TileBodyProps<"feed">) => {
  const { kinds } = definition;
  const events = board.events.value.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  if (events.length === 0) return <p class="empty">{reader.texts.noEvents}</p>;
  return (
    <ol class="lines events">
      {events.map((event) => (
        <EventLine key={event.seq} event={event} nowMs={board.nowMs.peek()} reader={reader} />
      ))}
    </ol>
  );
};
