import { type EventType, eventTypes, frameId, type SchemaRegistry } from "@leadwire/events";

/** Whether the bytes from `start` to `end` are no record that a task wrote. */
export type IsStranger = (bytes: Buffer, start: number, end: number) => boolean;

/**
 * Tells what a stranger put on a derived topic, to be passed over: bytes without a frame, and events, which no task writes
 * there but for those in `but`. A frame of any other schema may be a newer version's: its reader must not pass it over.
 */
export const strangerOf = (registry: SchemaRegistry, but: ReadonlyArray<EventType> = []): IsStranger => {
  const others = new Set<string>(eventTypes.filter((type) => !but.includes(type)));
  let lastId = -1;
  let lastIsEvent = false;
  return (bytes, start, end) => {
    const id = frameId(bytes, start, end);
    if (id < 0) return true;
    if (id !== lastId) {
      const name = registry.byId(id)?.name;
      lastIsEvent = name !== undefined && others.has(name);
      // An id that is not known yet may be learnt later.
      lastId = name === undefined ? -1 : id;
    }
    return lastIsEvent;
  };
};

/** The account log also carries events of accounts, as their producers wrote them. */
export const accountLogStranger = (registry: SchemaRegistry): IsStranger =>
  strangerOf(registry, ["subscription-changed", "survey-answered"]);
