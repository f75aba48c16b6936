import { isIPv4, isIPv6 } from "node:net";

/** 4 bytes of an IPv4 address, 16 of an IPv6 one. */
export type AddressBytes = ReadonlyArray<number>;

export interface Network {
  readonly bytes: AddressBytes;
  readonly bits: number;
}

const bytesOfIPv4 = (text: string): AddressBytes => text.split(".").map(Number);

const groupsOf = (text: string): ReadonlyArray<number> =>
  text === ""
    ? []
    : text.split(":").flatMap((group) => {
        if (!group.includes(".")) return [Number.parseInt(group, 16)];
        const [a = 0, b = 0, c = 0, d = 0] = bytesOfIPv4(group);
        return [a * 256 + b, c * 256 + d];
      });

const bytesOfIPv6 = (text: string): AddressBytes => {
  const [head = "", tail] = text.split("::");
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const between = new Array<number>(8 - before.length - after.length).fill(0);
  return [...before, ...between, ...after].flatMap((group) => [group >> 8, group & 255]);
};

/** The bytes of an address in its usual form; undefined for anything else, zones such as `fe80::1%eth0` included. */
export const bytesOfAddress = (text: string): AddressBytes | undefined => {
  if (isIPv4(text)) return bytesOfIPv4(text);
  return isIPv6(text) && !text.includes("%") ? bytesOfIPv6(text) : undefined;
};

/** `10.0.0.0/8`, `fd00::/8`, or one address; undefined for anything else. */
export const parseNetwork = (text: string): Network | undefined => {
  const [address = "", length, ...rest] = text.split("/");
  const bytes = bytesOfAddress(address);
  if (bytes === undefined || rest.length > 0) return undefined;
  const bits = length === undefined ? bytes.length * 8 : /^\d{1,3}$/u.test(length) ? Number(length) : Number.NaN;
  return bits <= bytes.length * 8 ? { bytes, bits } : undefined;
};

/** A network that stands in the source. */
export const network = (text: string): Network => {
  const parsed = parseNetwork(text);
  if (parsed === undefined) throw new Error(`${text} is no network`);
  return parsed;
};

export const contains = ({ bytes, bits }: Network, address: AddressBytes): boolean =>
  bytes.length === address.length &&
  bytes.every((byte, at) => {
    const kept = Math.min(Math.max(bits - at * 8, 0), 8);
    return byte >> (8 - kept) === (address[at] ?? 0) >> (8 - kept);
  });

const embeddings = [network("::ffff:0:0/96"), network("64:ff9b::/96")];

/** IPv4-mapped (RFC 4291) and NAT64 (RFC 6052) addresses lead to the IPv4 address in their last four bytes. */
export const reachedAddress = (bytes: AddressBytes): AddressBytes =>
  embeddings.some((embedding) => contains(embedding, bytes)) ? bytes.slice(12) : bytes;
