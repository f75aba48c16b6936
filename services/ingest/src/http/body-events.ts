import { type DoorEvent, type DoorFault, doorFault, eventFromJson } from "@leadwire/events";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";

/** One event of a request as it was read, or why it is refused. */
export interface BodyItem {
  /** Empty where the producer gave none that can be read. */
  readonly eventId: string;
  readonly read: Either<DoorFault, DoorEvent>;
}

/** Why a whole body cannot be read, in a sentence that says where. */
export interface BodyFault {
  readonly _tag: "WrongEncoding" | "MalformedJson" | "NoEvents" | "TooManyEvents";
  readonly message: string;
}

const newline = 10;
const strictText = new TextDecoder("utf-8", { fatal: true });

const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return strictText.decode(bytes);
  } catch {
    // The decoder throws where the bytes are no UTF-8.
    return undefined;
  }
};

const parsed = (text: string): Either<string, unknown> => {
  try {
    return right(JSON.parse(text));
  } catch (fault) {
    return left(fault instanceof Error ? fault.message.slice(0, 200) : "not JSON");
  }
};

const idOf = (value: unknown): string => {
  if (typeof value !== "object" || value === null || !("event_id" in value)) return "";
  return typeof value.event_id === "string" ? value.event_id.slice(0, 256).toWellFormed() : "";
};

const itemOf = (value: unknown): BodyItem => ({ eventId: idOf(value), read: eventFromJson(value) });

const tooMany = (found: number, eventsMax: number): BodyFault => ({
  _tag: "TooManyEvents",
  message: `The body holds ${found} events; expected at most ${eventsMax}. Send them in several requests.`,
});

const noEvents: BodyFault = { _tag: "NoEvents", message: "The body holds no event; expected at least one." };

/** One JSON object or an array of them. */
export const jsonItems = (body: Buffer, eventsMax: number): Either<BodyFault, ReadonlyArray<BodyItem>> => {
  const text = textOf(body);
  if (text === undefined) return left({ _tag: "WrongEncoding", message: "The body is not UTF-8. Send it as UTF-8." });
  if (text.trim() === "") return left(noEvents);
  const json = parsed(text);
  if (isLeft(json)) {
    const message = `The body is not JSON: ${json.left}. Send one object, an array of them, or NDJSON as application/x-ndjson.`;
    return left({ _tag: "MalformedJson", message });
  }
  const values: ReadonlyArray<unknown> = Array.isArray(json.right) ? json.right : [json.right];
  if (values.length === 0) return left(noEvents);
  return values.length > eventsMax ? left(tooMany(values.length, eventsMax)) : right(values.map(itemOf));
};

/** One event per line; empty lines are passed over. A line that cannot be read is refused alone. */
export const lineItems = (body: Buffer, eventsMax: number): Either<BodyFault, ReadonlyArray<BodyItem>> => {
  const items: BodyItem[] = [];
  for (let start = 0; start < body.length; ) {
    const found = body.indexOf(newline, start);
    const end = found < 0 ? body.length : found;
    const item = lineItem(body.subarray(start, end));
    if (item !== undefined) items.push(item);
    if (items.length > eventsMax) return left(tooMany(items.length, eventsMax));
    start = end + 1;
  }
  return items.length === 0 ? left(noEvents) : right(items);
};

const lineItem = (line: Buffer): BodyItem | undefined => {
  const text = textOf(line);
  if (text === undefined)
    return { eventId: "", read: left(doorFault("wrong_encoding", "", "a line of UTF-8", undefined)) };
  if (text.trim() === "") return undefined;
  const json = parsed(text);
  if (isLeft(json))
    return { eventId: "", read: left(doorFault("malformed_json", "", "one JSON object per line", text)) };
  return itemOf(json.right);
};
