import { isLeft, right } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { type AllowedPrivate, checkHost, parseAllowPrivate, sharedLookup } from "./address-guard.ts";

const allow = (...entries: ReadonlyArray<string>): AllowedPrivate => {
  const parsed = parseAllowPrivate(entries);
  if (isLeft(parsed)) throw new Error(parsed.left);
  return parsed.right;
};

/** A name server that says each of its answers once. */
const answering = (...answers: ReadonlyArray<ReadonlyArray<string>>) => {
  let asked = 0;
  const lookup = async (): Promise<ReadonlyArray<string>> => answers[asked++] ?? [];
  return { lookup, asked: () => asked };
};

const pinnedOf = async (host: string, lookup: () => Promise<ReadonlyArray<string>>, allowed = allow()) => {
  const checked = await checkHost(host, lookup, allowed);
  if (isLeft(checked)) throw new Error(checked.left.detail);
  const { right: found } = checked;
  return () =>
    new Promise<unknown>((resolve) => found.lookup(host, { all: true }, (_error, addresses) => resolve(addresses)));
};

test("what is connected to is what was checked, however the name answers later", async () => {
  const server = answering(["1.1.1.1"], ["127.0.0.1"]);
  const connectTo = await pinnedOf("rebind.example", server.lookup);
  expect(await connectTo()).toEqual([{ address: "1.1.1.1", family: 4 }]);
  expect(await connectTo()).toEqual([{ address: "1.1.1.1", family: 4 }]);
  expect(server.asked()).toBe(1);
});

test("a name with one closed address among open ones is refused whole", async () => {
  const checked = await checkHost("mixed.example", answering(["1.1.1.1", "::ffff:10.0.0.1"]).lookup, allow());
  expect(checked).toMatchObject({ left: { _tag: "Closed", detail: expect.stringContaining("::ffff:10.0.0.1") } });
});

test.each([["127.0.0.1"], ["::1"], ["fe80::1%eth0"]])("the address %s is refused without asking", async (host) => {
  const server = answering(["1.1.1.1"]);
  expect(await checkHost(host, server.lookup, allow())).toMatchObject({ left: { _tag: "Closed" } });
  expect(server.asked()).toBe(0);
});

test.each([["0x7f000001"], ["2130706433"], ["0177.0.0.1"], ["127.1"]])(
  "%s is what the system makes of it, and refused",
  async (host) => {
    expect(await checkHost(host, answering(["127.0.0.1"]).lookup, allow())).toMatchObject({ left: { _tag: "Closed" } });
  },
);

test.each([
  ["hooks.internal", "10.1.2.3", "10.0.0.0/8"],
  ["hooks.internal", "::ffff:10.1.2.3", "10.0.0.0/8"],
  ["hooks.internal", "10.1.2.3", "10.1.2.3"],
  ["Hooks.Internal.", "10.1.2.3", "hooks.internal"],
  ["hooks.internal", "fd00::7", "fd00::/8"],
])("%s at %s is reached where %s is allowed", async (host, address, entry) => {
  expect(await checkHost(host, answering([address]).lookup, allow(entry))).toMatchObject(
    right({ addresses: [address] }),
  );
});

test.each([
  ["hooks.internal", "10.1.2.3", "11.0.0.0/8"],
  ["evil.hooks.internal", "10.1.2.3", "hooks.internal"],
  ["hooks.internal", "169.254.169.254", "10.0.0.0/8"],
])("%s at %s is refused where only %s is allowed", async (host, address, entry) => {
  const checked = await checkHost(host, answering([address]).lookup, allow(entry));
  expect(checked).toMatchObject({ left: { _tag: "Closed", detail: expect.stringContaining("allow_private") } });
});

test.each(["10.0.0.0/33", "10.0.0.0/8/8", "10.0.0.0/-1", "10.0.0/8", "a b", "http://hooks.internal", "", "::/129"])(
  "allow_private: %s is neither a network nor a host",
  (entry) => {
    expect(parseAllowPrivate([entry])).toMatchObject({ left: expect.stringContaining(JSON.stringify(entry)) });
  },
);

test("a name that nobody knows may be known later", async () => {
  const lookup = async () => Promise.reject(Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" }));
  expect(await checkHost("gone.example", lookup, allow())).toMatchObject({
    left: { _tag: "NotFound", detail: "The name gone.example could not be resolved (ENOTFOUND)." },
  });
});

test("a name is asked for once by all who wait for it, and anew afterwards", async () => {
  const asked: string[] = [];
  const lookup = sharedLookup(async (host) => {
    asked.push(host);
    if (host === "gone.example") throw new Error(host);
    return ["1.1.1.1"];
  });
  expect(await Promise.all([lookup("a.example"), lookup("a.example")])).toEqual([["1.1.1.1"], ["1.1.1.1"]]);
  await lookup("a.example");
  await expect(lookup("gone.example")).rejects.toThrow();
  await expect(lookup("gone.example")).rejects.toThrow();
  expect(asked).toEqual(["a.example", "a.example", "gone.example", "gone.example"]);
});
