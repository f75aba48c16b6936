import { contentHash, type EventCodec, type SalesEvent } from "@leadwire/events";
import { isLeft } from "fp-ts/lib/Either.js";

/** One distinct content of one event, as the history of its entity keeps it. */
export interface Version {
  readonly source: string;
  readonly eventId: string;
  readonly revision: number;
  readonly voided: boolean;
  /** The framed bytes. */
  readonly bytes: Buffer;
}

/** How a new record stands to what its entity's history holds. */
export type Standing =
  | { readonly _tag: "New" }
  /** The same content again. */
  | { readonly _tag: "Repeat" }
  /** Another revision of a known id; whichever is lower is superseded. */
  | { readonly _tag: "Revision" }
  /** The same id and revision with other content: one of them is a duplicate. */
  | { readonly _tag: "Conflict" };

/** Contents are compared as events: neither the schema id nor the schema's version on a record decides. */
type Decode = EventCodec["decodeEvent"];

const eventOf = (bytes: Buffer, decode: Decode): SalesEvent => {
  const decoded = decode(bytes);
  if (isLeft(decoded)) throw new Error(`an event of a history cannot be decoded: ${decoded.left.detail}`);
  return decoded.right;
};

const hashOf = (version: Version, decode: Decode): string => contentHash(eventOf(version.bytes, decode));

/** kpis.md, "Identity": judged against every content ever held of this id, in whatever order they came. */
export const standingOf = (version: Version, held: ReadonlyArray<Version>, decode: Decode): Standing => {
  const same = held.filter(({ source, eventId }) => source === version.source && eventId === version.eventId);
  if (same.length === 0) return { _tag: "New" };
  const rivals = same.filter(({ revision }) => revision === version.revision);
  if (rivals.length === 0) return { _tag: "Revision" };
  const hash = hashOf(version, decode);
  const repeats = rivals.some((rival) => rival.bytes.equals(version.bytes) || hashOf(rival, decode) === hash);
  return repeats ? { _tag: "Repeat" } : { _tag: "Conflict" };
};

const outranks = (a: Version, b: Version, decode: Decode): boolean =>
  a.revision !== b.revision ? a.revision > b.revision : hashOf(a, decode) < hashOf(b, decode);

/** Of all contents ever held, those that count: the highest revision of each id, less what is voided. */
export const counting = <V extends Version>(held: ReadonlyArray<V>, decode: Decode): ReadonlyArray<V> => {
  const bySource = new Map<string, Map<string, V>>();
  for (const version of held) {
    let best = bySource.get(version.source);
    if (best === undefined) {
      best = new Map();
      bySource.set(version.source, best);
    }
    const rival = best.get(version.eventId);
    if (rival === undefined || outranks(version, rival, decode)) best.set(version.eventId, version);
  }
  return [...bySource.values()].flatMap((best) => [...best.values()].filter(({ voided }) => !voided));
};
