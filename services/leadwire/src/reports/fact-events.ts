import { isoText } from "@leadwire/kpis";
import type { Store } from "@leadwire/store";
import { reportRows } from "./report-rows.ts";

/** An event by what identifies it. */
export interface EventName {
  readonly source: string;
  readonly id: string;
}

/** Why an event stands behind a fact: it is born of it, was last changed by it, or begins at the lead's creation. */
export type EventRole = "origin" | "cause" | "creation";

/** An event behind a fact. */
export interface FactEvent extends EventName {
  readonly as: ReadonlyArray<EventRole>;
  readonly type: string;
  readonly occurred_at: string;
}

/** One string for an event: no source or id holds a NUL. */
export const eventKey = ({ source, id }: EventName): string => `${source}\0${id}`;

/** The event that a fact is born of, from its id; undefined where the id is of another form. */
export const originOf = (factId: string, kind: string): EventName | undefined => {
  const slash = factId.indexOf("/");
  const end = factId.lastIndexOf(`/${kind}/`);
  if (slash < 0 || end <= slash) return undefined;
  return { source: factId.slice(0, slash), id: factId.slice(slash + 1, end) };
};

export interface KnownEvent extends EventName {
  readonly type: string;
  readonly occurredAt: string;
}

/** The events of these names, by `eventKey`: the revision of each that counts. Rejects with StoreError. */
export const readEvents = async (
  store: Store,
  names: ReadonlyArray<EventName>,
): Promise<ReadonlyMap<string, KnownEvent>> => {
  const asked = [...new Map(names.map((name) => [eventKey(name), name])).values()];
  if (asked.length === 0) return new Map();
  const rows = await reportRows(store, {
    sql: `SELECT source_system, event_id, type, toUnixTimestamp64Milli(occurred_at)
FROM leadwire_log.events_latest FINAL
WHERE (source_system, event_id) GLOBAL IN (SELECT arrayJoin(arrayZip({sources:Array(String)}, {ids:Array(String)})))`,
    params: { sources: asked.map(({ source }) => source), ids: asked.map(({ id }) => id) },
  });
  return new Map(
    rows.map(([source, id, type, at]) => {
      const event = { source: String(source), id: String(id), type: String(type), occurredAt: isoText(Number(at)) };
      return [eventKey(event), event];
    }),
  );
};

/** The events behind one fact, each once, in the order of time. */
export const factEvents = (
  roles: ReadonlyArray<readonly [EventRole, EventName | undefined]>,
  known: ReadonlyMap<string, KnownEvent>,
): ReadonlyArray<FactEvent> => {
  const events = new Map<string, FactEvent>();
  for (const [role, name] of roles) {
    const event = name === undefined ? undefined : known.get(eventKey(name));
    if (event === undefined) continue;
    const { source, id, type, occurredAt } = event;
    const as = [...(events.get(eventKey(event))?.as ?? []), role];
    events.set(eventKey(event), { as, type, source, id, occurred_at: occurredAt });
  }
  return [...events.values()].sort((a, b) =>
    a.occurred_at === b.occurred_at ? 0 : a.occurred_at < b.occurred_at ? -1 : 1,
  );
};
