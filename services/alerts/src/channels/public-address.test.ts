import { expect, test } from "vitest";
import { bytesOfAddress } from "./ip-address.ts";
import { closedKind } from "./public-address.ts";

const kindOf = (address: string): string | undefined => {
  const bytes = bytesOfAddress(address);
  if (bytes === undefined) throw new Error(`${address} is no address`);
  return closedKind(bytes);
};

test.each([
  ["0.0.0.0", "of this host"],
  ["0.1.2.3", "of this host"],
  ["10.0.0.1", "private"],
  ["100.64.0.1", "of a provider's inner network"],
  ["100.100.100.200", "of a provider's inner network"],
  ["127.0.0.1", "loopback"],
  ["127.255.255.254", "loopback"],
  ["168.63.129.16", "a cloud's metadata service"],
  ["169.254.169.254", "link-local"],
  ["172.16.0.1", "private"],
  ["172.31.255.255", "private"],
  ["192.168.1.1", "private"],
  ["198.19.0.1", "reserved"],
  ["224.0.0.1", "multicast"],
  ["255.255.255.255", "reserved"],
  ["::", "of this host"],
  ["::1", "loopback"],
  ["::ffff:127.0.0.1", "loopback"],
  ["::ffff:7f00:1", "loopback"],
  ["::ffff:a00:1", "private"],
  ["::7f00:1", "reserved"],
  ["64:ff9b::127.0.0.1", "loopback"],
  ["64:ff9b::a9fe:a9fe", "link-local"],
  ["64:ff9b:1::7f00:1", "reserved"],
  ["fc00::1", "private"],
  ["fd00:ec2::254", "private"],
  ["fe80::1", "link-local"],
  ["ff02::1", "multicast"],
  ["2001::1", "reserved"],
  ["2001:db8::1", "reserved"],
  ["2002:7f00:1::", "a tunnel to an IPv4 address"],
  ["4000::1", "reserved"],
])("%s is closed: %s", (address, kind) => {
  expect(kindOf(address)).toBe(kind);
});

test.each([
  "1.1.1.1",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "126.255.255.255",
  "128.0.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "192.169.0.0",
  "223.255.255.255",
  "2606:4700::1111",
  "::ffff:1.1.1.1",
  "64:ff9b::808:808",
])("%s is the internet's", (address) => {
  expect(kindOf(address)).toBeUndefined();
});

test.each(["fe80::1%eth0", "0x7f.0.0.1", "2130706433", "127.1", "1.2.3.4.5", ":::", "", "example.com"])(
  "%s is no address in its usual form",
  (text) => {
    expect(bytesOfAddress(text)).toBeUndefined();
  },
);
