import { type AddressBytes, contains, type Network, network, reachedAddress } from "./ip-address.ts";

/** IPv4: all that IANA's special-purpose registry does not call globally reachable, and clouds' metadata services. */
const closed: ReadonlyArray<readonly [Network, string]> = (
  [
    ["0.0.0.0/8", "of this host"],
    ["10.0.0.0/8", "private"],
    ["100.64.0.0/10", "of a provider's inner network"],
    ["127.0.0.0/8", "loopback"],
    ["168.63.129.16", "a cloud's metadata service"],
    ["169.254.0.0/16", "link-local"],
    ["172.16.0.0/12", "private"],
    ["192.0.0.0/24", "reserved"],
    ["192.0.2.0/24", "reserved"],
    ["192.88.99.0/24", "reserved"],
    ["192.168.0.0/16", "private"],
    ["198.18.0.0/15", "reserved"],
    ["198.51.100.0/24", "reserved"],
    ["203.0.113.0/24", "reserved"],
    ["224.0.0.0/4", "multicast"],
    ["240.0.0.0/4", "reserved"],
    ["::/128", "of this host"],
    ["::1/128", "loopback"],
    ["fc00::/7", "private"],
    ["fe80::/10", "link-local"],
    ["fec0::/10", "private"],
    ["ff00::/8", "multicast"],
    ["2001::/23", "reserved"],
    ["2001:db8::/32", "reserved"],
    ["2002::/16", "a tunnel to an IPv4 address"],
    ["3fff::/20", "reserved"],
  ] as const
).map(([text, kind]) => [network(text), kind]);

/** The only IPv6 addresses that are given out for the internet. */
const globalUnicast = network("2000::/3");

/** Why an address is none of the internet's; undefined where it is one. */
export const closedKind = (bytes: AddressBytes): string | undefined => {
  const reached = reachedAddress(bytes);
  const found = closed.find(([range]) => contains(range, reached));
  if (found !== undefined) return found[1];
  return reached.length === 16 && !contains(globalUnicast, reached) ? "reserved" : undefined;
};
