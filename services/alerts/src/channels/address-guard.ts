import { lookup as lookupName } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { bytesOfAddress, contains, type Network, parseNetwork, reachedAddress } from "./ip-address.ts";
import { closedKind } from "./public-address.ts";

/** All addresses of a host name; rejects as `dns.lookup` does. */
export type HostLookup = (host: string) => Promise<ReadonlyArray<string>>;

/**
 * Asks once for all who ask for a host at the same time. The system resolves two names at once at most (libuv keeps its
 * other threads for files), so that the name server of one receiver, hanging, must not be asked by each of its messages.
 */
export const sharedLookup = (lookup: HostLookup): HostLookup => {
  const asked = new Map<string, Promise<ReadonlyArray<string>>>();
  return (host) => {
    const known = asked.get(host);
    if (known !== undefined) return known;
    const answer = lookup(host).finally(() => asked.delete(host));
    asked.set(host, answer);
    return answer;
  };
};

/** As the system resolves names, `/etc/hosts` included. */
export const systemLookup: HostLookup = sharedLookup(async (host) =>
  (await lookupName(host, { all: true, order: "verbatim" })).map(({ address }) => address),
);

/** Where receivers may stand besides the internet. */
export interface AllowedPrivate {
  readonly hosts: ReadonlySet<string>;
  readonly networks: ReadonlyArray<Network>;
}

const canonicalHost = (host: string): string => host.toLowerCase().replace(/\.$/u, "");
const hostName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/u;

/** Reads `allow_private`: networks (`10.0.0.0/8`), addresses and host names. Left: what is none of them. */
export const parseAllowPrivate = (entries: ReadonlyArray<string>): Either<string, AllowedPrivate> => {
  const hosts = new Set<string>();
  const networks: Network[] = [];
  for (const entry of entries) {
    const found = parseNetwork(entry);
    const host = canonicalHost(entry);
    if (found !== undefined) networks.push(found);
    else if (hostName.test(host)) hosts.add(host);
    else
      return left(
        `allow_private has ${JSON.stringify(entry)}: expected a network (10.0.0.0/8), an address or a host name.`,
      );
  }
  return right({ hosts, networks });
};

export type GuardFault =
  /** It may be found later. */
  { readonly _tag: "NotFound"; readonly detail: string } | { readonly _tag: "Closed"; readonly detail: string };

/** Addresses that were looked at, and the one way to connect: Node asks it instead of resolving the name again. */
export interface CheckedHost {
  readonly addresses: ReadonlyArray<string>;
  readonly lookup: LookupFunction;
}

/** Hands out the given addresses for whatever name. */
const pinned =
  (addresses: ReadonlyArray<string>): LookupFunction =>
  (_host, { all }, callback) => {
    const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    const first = found[0];
    if (first === undefined) throw new Error("a checked host has an address");
    if (all === true) callback(null, found);
    else callback(null, first.address, first.family);
  };

/** Refuses an address within a private network, or any that is none of the internet's, unless it is allowed. */
const closedDetail = (host: string, address: string, { hosts, networks }: AllowedPrivate): string | undefined => {
  const bytes = bytesOfAddress(address);
  if (bytes === undefined) return `${host} has the address ${JSON.stringify(address)}, which is none.`;
  const kind = closedKind(bytes);
  if (kind === undefined || hosts.has(canonicalHost(host))) return undefined;
  const reached = reachedAddress(bytes);
  if (networks.some((range) => contains(range, bytes) || contains(range, reached))) return undefined;
  const subject = host === address ? `The address ${host}` : `${host} has the address ${address}, which`;
  return `${subject} is ${kind}, and nothing is sent there. Where it is meant: list it under allow_private in alerts/notifications.yaml.`;
};

/**
 * The addresses of a host, each of them checked: a name with one that is closed is refused whole. What is connected to
 * is what was checked, so that a name that answers differently a second time (DNS rebinding) leads nowhere else.
 */
export const checkHost = async (
  host: string,
  lookup: HostLookup,
  allowed: AllowedPrivate,
): Promise<Either<GuardFault, CheckedHost>> => {
  let addresses: ReadonlyArray<string>;
  try {
    addresses = isIP(host) === 0 ? await lookup(host) : [host];
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "no answer";
    return left({ _tag: "NotFound", detail: `The name ${host} could not be resolved (${code}).` });
  }
  if (addresses.length === 0) return left({ _tag: "NotFound", detail: `The name ${host} has no address.` });
  for (const address of addresses) {
    const detail = closedDetail(host, address, allowed);
    if (detail !== undefined) return left({ _tag: "Closed", detail });
  }
  return right({ addresses, lookup: pinned(addresses) });
};

/** Of a host that is written as an address: whether it is closed. Names are checked whenever something is sent. */
export const closedLiteral = (host: string, allowed: AllowedPrivate): string | undefined =>
  isIP(host) === 0 ? undefined : closedDetail(host, host, allowed);
