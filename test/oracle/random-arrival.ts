import type { SalesEvent } from "@leadwire/events";
import type { OracleRecord } from "./log-input.ts";
import type { Random } from "./random.ts";
import type { Making } from "./random-lead.ts";

/** The same identity with other content; its type and its key stay. */
type Rewrite = (event: SalesEvent) => SalesEvent;

const shifted = ({ random, moment }: Making, event: SalesEvent): SalesEvent =>
  random.chance(0.5)
    ? { ...event, occurred_at: event.occurred_at + random.pick([-1, 1, 3_600_000, -86_400_000]) }
    : { ...event, occurred_at: moment() };

/** An event and what its producer sends about it besides: repeats, corrections in any order, conflicts, a voiding. */
export const deliveries = (making: Making, event: SalesEvent, rewrite: Rewrite): ReadonlyArray<SalesEvent> => {
  const { random } = making;
  const changed = (revision: number): SalesEvent => {
    const other = random.chance(0.4) ? shifted(making, event) : { ...rewrite(event) };
    return { ...other, source_system: event.source_system, event_id: event.event_id, revision };
  };
  const sent: Array<SalesEvent> = [event];
  if (random.chance(0.12)) sent.push(changed(random.pick([1, 2, 1_772_000_000_000])));
  if (random.chance(0.04)) sent.push(changed(1));
  if (random.chance(0.04)) sent.push(changed(0));
  if (random.chance(0.04)) sent.push({ ...event, revision: random.pick([0, 1, 3]), voided: true });
  return [...sent, ...sent.filter(() => random.chance(0.1))];
};

const hourMs = 3_600_000;

/** How long after it happened an event is appended; below -1 h it is too far in the future. */
const delayMs = (random: Random): number =>
  random.chance(0.6)
    ? random.whole(0, 5_000)
    : random.chance(0.9)
      ? random.whole(0, 20 * 24 * hourMs)
      : random.pick([-hourMs, -hourMs - 1, -1]);

/** In order of arrival, with append times that never fall and offsets that rise. */
export const arrivals = (random: Random, events: ReadonlyArray<SalesEvent>): ReadonlyArray<OracleRecord> =>
  events
    .map((event) => ({ event, appendTimeMs: event.occurred_at + delayMs(random) }))
    .toSorted((a, b) => a.appendTimeMs - b.appendTimeMs)
    .map((record, offset) => ({ ...record, offset }));
