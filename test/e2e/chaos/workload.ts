import { type Contact, dayMs, type SalesEvent } from "@leadwire/events";
import { demoHistory } from "leadwire";
import { type Random, randomOf } from "../../oracle/random.ts";

/** An event as its system sends it: sealed nowhere yet. */
export interface Delivery {
  readonly event: SalesEvent;
  readonly contact?: Contact;
}

/** What the demo's company sends, in order; `take` gives each delivery to one caller. */
export interface Workload {
  readonly take: (count: number) => ReadonlyArray<Delivery>;
}

const historyDays = 30;
/** Of the demo at scale 1. */
const eventsPerDay = 600;
const hourMs = 3_600_000;

/** What is sent about an event besides, some time later: corrections, conflicts, voidings, repeats. */
const besides = (random: Random, event: SalesEvent): ReadonlyArray<SalesEvent> => {
  const sent: Array<SalesEvent> = [];
  const moved = { ...event, occurred_at: event.occurred_at + random.pick([-1, 1, hourMs, -hourMs, -dayMs]) };
  if (random.chance(0.02)) sent.push({ ...moved, revision: random.whole(1, 3) });
  if (random.chance(0.01)) sent.push(moved);
  if (random.chance(0.01)) sent.push({ ...event, revision: 4, voided: true });
  if (random.chance(0.02)) sent.push(event);
  return sent;
};

/** A share of the leads has a contact: the doors have to agree on the key that it is sealed with. */
const deliveryOf = (random: Random, event: SalesEvent): Delivery =>
  event.type === "lead-created" && random.chance(0.3)
    ? { event, contact: { name: `Lead ${event.lead_id}`, email: `${event.lead_id}@example.com` } }
    : { event };

/** Events of the days before `nowMs`, `events` of them at least, and what is sent about them later. */
export const openWorkload = (seed: number, events: number, nowMs: number): Workload => {
  const random = randomOf(seed ^ 0x10ad);
  const fromMs = Math.floor(nowMs / dayMs - historyDays) * dayMs;
  const scale = Math.max(1, Math.ceil(events / (historyDays * eventsPerDay)));
  const history = demoHistory(seed, fromMs, nowMs, scale);
  const waiting: Array<{ readonly after: number; readonly event: SalesEvent }> = [];
  let taken = 0;
  const next = (): Delivery | undefined => {
    taken += 1;
    const due = waiting.findIndex(({ after }) => after <= taken);
    const [later] = due < 0 ? [] : waiting.splice(due, 1);
    if (later !== undefined) return { event: later.event };
    const drawn = history.next();
    if (drawn.done === true) return undefined;
    const { event } = drawn.value;
    for (const other of besides(random, event)) waiting.push({ after: taken + random.whole(1, 2_000), event: other });
    return deliveryOf(random, event);
  };
  return {
    take: (count) => {
      const deliveries: Array<Delivery> = [];
      while (deliveries.length < count) {
        const delivery = next();
        if (delivery === undefined) break;
        deliveries.push(delivery);
      }
      return deliveries;
    },
  };
};
