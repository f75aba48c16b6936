import { hash, timingSafeEqual } from "node:crypto";

/** A source's key, of which only the hash is known. A source may have several: the new one beside the old, until all use it. */
export interface SourceKey {
  /** What `source_system` its events have to carry; `*` for any. */
  readonly source: string;
  /** The SHA-256 of the key, in hex. */
  readonly sha256: string;
}

const anySource = "*";

/** What a request's key allows. */
export interface Grant {
  /** The key's source, `*` for any; empty where the door asks for no key. */
  readonly source: string;
}

const bearer = /^Bearer +(?<key>\S+) *$/iu;

/** The keys that a door knows. */
export class SourceKeys {
  private readonly known: ReadonlyArray<{ readonly source: string; readonly digest: Buffer }>;

  constructor(keys: ReadonlyArray<SourceKey>) {
    this.known = keys.map(({ source, sha256 }) => ({ source, digest: Buffer.from(sha256, "hex") }));
    const odd = this.known.find(({ digest }) => digest.length !== 32);
    if (odd !== undefined) throw new Error(`the key of source ${odd.source} is not given as a SHA-256 in hex`);
  }

  get isEmpty(): boolean {
    return this.known.length === 0;
  }

  /** What an `authorization` header allows: undefined without a key, null for a key that is none of these. */
  grantOf(authorization: string | undefined): Grant | null | undefined {
    const key = bearer.exec(authorization ?? "")?.groups?.key;
    if (key === undefined) return undefined;
    const digest = hash("sha256", key, "buffer");
    let found: Grant | null = null;
    // All are compared, each in constant time: how long it takes tells nothing about any of them.
    for (const each of this.known) if (timingSafeEqual(each.digest, digest)) found = each;
    return found;
  }
}

/** Whether a key may send events of a source. */
export const allowsSource = (grant: Grant, source: string): boolean =>
  grant.source === "" || grant.source === anySource || grant.source === source;

/** Whether an address is this machine's own, as a socket or a configuration names it. */
export const isLocalAddress = (address: string | undefined): boolean =>
  address !== undefined && (/^(::ffff:)?127\./u.test(address) || address === "::1" || address === "localhost");

/** Why a door must not be opened on an address: undefined where it may. */
export const unguardedDoor = (host: string, keys: ReadonlyArray<SourceKey>): string | undefined =>
  keys.length > 0 || isLocalAddress(host)
    ? undefined
    : `The door for events would listen on ${host} for anyone: no key is configured. Make one per source with ` +
      "npx leadwire keys create SOURCE and add the line it prints under ingest in leadwire.yaml, or listen on 127.0.0.1.";
