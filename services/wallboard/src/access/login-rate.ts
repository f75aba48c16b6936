import { isIPv6 } from "node:net";

const triesMax = 10;
const windowMs = 60_000;
/** A flood from many addresses takes no more memory than this many. */
const addressesMax = 10_000;

/** A household or a company has a whole network of version 6: its first 64 bits are what one can be counted by. */
const networkOf = (address: string): string => {
  if (!isIPv6(address) || address.startsWith("::ffff:")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter((group) => group !== "");
  const zeros = tail === undefined ? 0 : 8 - groups.length - tail.split(":").filter((group) => group !== "").length;
  return [...groups, ...Array.from({ length: zeros }, () => "0")].slice(0, 4).join(":");
};

interface Tries {
  count: number;
  readonly untilMs: number;
}

/** How often an address may show a token that is none: ten times a minute. */
export class LoginRate {
  private readonly tries = new Map<string, Tries>();

  /** How long an address has to wait; 0 where it may try. */
  waitMs(address: string, nowMs: number): number {
    const found = this.tries.get(networkOf(address));
    return found === undefined || found.count < triesMax ? 0 : Math.max(0, found.untilMs - nowMs);
  }

  /** Counts a try that failed. */
  failed(address: string, nowMs: number): void {
    const network = networkOf(address);
    const found = this.tries.get(network);
    if (found !== undefined && found.untilMs > nowMs) {
      found.count += 1;
      return;
    }
    // Kept in the order of their beginnings: the first is the one that has told the most.
    this.tries.delete(network);
    this.tries.set(network, { count: 1, untilMs: nowMs + windowMs });
    const [oldest] = this.tries.keys();
    if (this.tries.size > addressesMax && oldest !== undefined) this.tries.delete(oldest);
  }
}
