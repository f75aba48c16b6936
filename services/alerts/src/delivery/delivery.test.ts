import type { Channel, NotificationMessage, SendOutcome } from "@leadwire/alerts";
import { expect, test } from "vitest";
import { playedTime } from "../testing/played-time.ts";
import { toldMessage } from "../testing/told-alert.ts";
import { Delivery } from "./delivery.ts";
import { type DeliveryPolicy, defaultDeliveryPolicy } from "./delivery-policy.ts";

const startMs = Date.parse("2026-03-02T09:30:00.000Z");
const delivered: SendOutcome = { _tag: "Delivered", detail: "ok" };
const retry: SendOutcome = { _tag: "Retry", detail: "away" };
const hourMs = 3_600_000;

interface Sent {
  readonly receiver: string;
  readonly key: string;
  readonly atMs: number;
}

/** Receivers whose answers a test writes; `chance` is what the jitter draws. */
const play = (
  answer: (sent: Sent, signal: AbortSignal) => SendOutcome | Promise<SendOutcome>,
  { chance = 1, ...policy }: Partial<DeliveryPolicy> & { readonly chance?: number } = {},
) => {
  const time = playedTime(startMs);
  const sent: Sent[] = [];
  const settled: Array<readonly [key: string, outcome: string, attempts: number, detail: string]> = [];
  const standings: Array<readonly [string, string | null]> = [];
  const made: string[] = [];
  const receivers = new Set(["ops", "sales"]);
  const channel = (receiver: string): Channel => ({
    send: async ({ key }, signal) => {
      const one = { receiver, key, atMs: time.nowMs() - startMs };
      sent.push(one);
      return answer(one, signal);
    },
  });
  const delivery = new Delivery({
    channelOf: (receiver) => (receivers.has(receiver) ? channel(receiver) : undefined),
    onSettled: (...each) => settled.push(each),
    onStanding: (...each) => standings.push(each),
    nowMs: time.nowMs,
    after: time.after,
    random: () => chance,
    policy: { ...defaultDeliveryPolicy, ...policy },
  });
  const make = (key: string, plannedMs: number) => (): NotificationMessage => {
    made.push(key);
    return toldMessage({ key, planned_at: new Date(plannedMs).toISOString() });
  };
  const deliver = (key: string, receiver = "ops", groupKey = "g", plannedMs = time.nowMs()): void =>
    delivery.deliver(key, receiver, groupKey, make(key, plannedMs));
  return { time, sent, settled, standings, made, delivery, deliver, receivers };
};

const never = new Promise<SendOutcome>(() => undefined);
const keysOf = (sent: ReadonlyArray<Sent>) => sent.map(({ key }) => key);

test("what is delivered is settled once", async () => {
  const { time, settled, deliver, delivery } = play(() => delivered);
  deliver("a");
  await time.settle();
  expect(settled).toEqual([["a", "delivered", 1, "ok"]]);
  expect(delivery.standings()).toEqual([{ receiver: "ops", waiting: 0, failingSinceMs: null }]);
});

test("a message is sent before deliver returns to the loop", () => {
  const { sent, deliver } = play(() => never);
  deliver("a");
  expect(keysOf(sent)).toEqual(["a"]);
});

test("a key that waits is taken once", async () => {
  const { time, sent, deliver } = play(() => never);
  for (const key of ["a", "a", "b", "b"]) deliver(key);
  await time.pass(hourMs);
  expect(keysOf(sent)).toEqual(["a"]);
});

test("a receiver that never answers delays no other", async () => {
  const { time, settled, deliver } = play(({ receiver }) => (receiver === "ops" ? never : delivered));
  for (let group = 0; group < 100; group += 1) deliver(`o${group}`, "ops", `g${group}`);
  deliver("s", "sales");
  await time.settle();
  expect(settled).toEqual([["s", "delivered", 1, "ok"]]);
});

test("a group's notifications follow one another, four groups go side by side", async () => {
  const { time, sent, deliver } = play(() => never);
  for (let group = 0; group < 6; group += 1) {
    deliver(`${group}-first`, "ops", `g${group}`);
    deliver(`${group}-second`, "ops", `g${group}`);
  }
  await time.settle();
  expect(keysOf(sent)).toEqual(["0-first", "1-first", "2-first", "3-first"]);
});

test("pauses double from 1 s to 5 min", async () => {
  const { time, sent, deliver } = play(() => retry);
  deliver("a");
  await time.pass(2 * hourMs);
  const pauses = sent.slice(1).map(({ atMs }, at) => (atMs - (sent[at]?.atMs ?? 0)) / 1000);
  expect(pauses.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
});

test("jitter is full: a pause may be nothing at all", async () => {
  const outcomes = [retry, retry, delivered];
  const { time, sent, deliver } = play(() => outcomes.shift() ?? delivered, { chance: 0 });
  deliver("a");
  await time.pass(0);
  expect(sent.map(({ atMs }) => atMs)).toEqual([0, 0, 0]);
});

test("a pause that the receiver asks for is kept, for all its groups", async () => {
  const asks: SendOutcome = { _tag: "Retry", detail: "busy", afterMs: 60_000 };
  const { time, sent, deliver } = play(({ key, atMs }) => (key === "a" && atMs === 0 ? asks : delivered));
  deliver("a", "ops", "g1");
  await time.settle();
  deliver("b", "ops", "g2");
  await time.pass(59_999);
  expect(keysOf(sent)).toEqual(["a"]);
  await time.pass(1);
  expect(keysOf(sent)).toEqual(["a", "a", "b"]);
});

test("while a receiver fails one at a time is tried, and all follow once it answers", async () => {
  let isAway = true;
  let atOnce = 0;
  let atOnceMax = 0;
  const { time, settled, standings, deliver } = play(async () => {
    atOnce += 1;
    atOnceMax = Math.max(atOnceMax, atOnce);
    await Promise.resolve();
    atOnce -= 1;
    return isAway ? retry : delivered;
  });
  deliver("first", "ops", "g");
  await time.settle();
  for (let group = 0; group < 20; group += 1) deliver(`k${group}`, "ops", `g${group}`);
  await time.pass(60_000);
  expect(atOnceMax).toBe(1);
  expect(standings).toEqual([["ops", "away"]]);
  isAway = false;
  await time.pass(10 * 60_000);
  expect(settled).toHaveLength(21);
  expect(atOnceMax).toBe(4);
  expect(standings).toEqual([
    ["ops", "away"],
    ["ops", null],
  ]);
});

test("one that the receiver cannot take does not keep the others from it", async () => {
  const { time, settled, deliver } = play(({ key }) => (key === "poison" ? retry : delivered));
  deliver("poison", "ops", "g-poison");
  for (let group = 0; group < 20; group += 1) deliver(`k${group}`, "ops", `g${group}`);
  await time.pass(5000);
  expect(settled.map(([key]) => key)).toHaveLength(20);
});

test("it is tried less and less often itself, however many others go through", async () => {
  const { time, sent, deliver } = play(({ key }) => (key === "poison" ? retry : delivered));
  deliver("poison", "ops", "g-poison");
  for (let at = 0; at < 600; at += 1) {
    deliver(`k${at}`);
    await time.pass(100);
  }
  const tries = sent.filter(({ key }) => key === "poison").length;
  expect(tries).toBeGreaterThan(4);
  expect(tries).toBeLessThan(9);
  expect(sent).toHaveLength(600 + tries);
});

test("a dead receiver is tried as rarely for many groups as for one", async () => {
  const { time, sent, deliver } = play(() => retry);
  for (let group = 0; group < 50; group += 1) deliver(`k${group}`, "ops", `g${group}`);
  await time.pass(600_000);
  // Four at the beginning, side by side, which count as one failure; then after 1, 2, 4 … 256 s.
  expect(sent.map(({ atMs }) => atMs / 1000)).toEqual([0, 0, 0, 0, 1, 3, 7, 15, 31, 63, 127, 255, 511]);
  // In turn: the first four once more, then the next five.
  expect(new Set(keysOf(sent)).size).toBe(9);
});

test("what is refused goes to the dead letters at once", async () => {
  const { time, settled, deliver } = play(() => ({ _tag: "Refused", detail: "gone" }));
  deliver("a");
  deliver("b");
  await time.settle();
  expect(settled).toEqual([
    ["a", "dead", 1, "gone"],
    ["b", "dead", 1, "gone"],
  ]);
});

test("it is given up a day after it was planned, and what waits behind it too", async () => {
  const { time, settled, deliver } = play(() => retry);
  deliver("a");
  deliver("b");
  deliver("c", "ops", "other");
  await time.pass(23.9 * hourMs);
  expect(settled).toEqual([]);
  await time.pass(0.2 * hourMs);
  expect(settled.map(([key, outcome]) => [key, outcome]).sort()).toEqual([
    ["a", "dead"],
    ["b", "dead"],
    ["c", "dead"],
  ]);
  expect(settled.find(([key]) => key === "b")).toEqual(["b", "dead", 0, "Given up after 24 h. Last failure: away"]);
});

test("one planned long ago, before a restart, is tried once more", async () => {
  const { time, settled, deliver } = play(() => delivered);
  deliver("old", "ops", "g", startMs - 100 * hourMs);
  await time.settle();
  expect(settled).toEqual([["old", "delivered", 1, "ok"]]);
});

test("after a restart the day is not begun anew", async () => {
  const { time, settled, deliver } = play(() => retry);
  deliver("old", "ops", "g", startMs - 23 * hourMs);
  await time.pass(1.2 * hourMs);
  expect(settled.map(([key, outcome]) => [key, outcome])).toEqual([["old", "dead"]]);
});

test("messages are made when they are sent, anew for every try", async () => {
  const outcomes = [retry];
  const { time, made, deliver } = play(() => outcomes.shift() ?? delivered);
  for (const key of ["a", "b"]) deliver(key);
  await time.settle();
  expect(made).toEqual(["a"]);
  await time.pass(1000);
  expect(made).toEqual(["a", "a", "b"]);
});

test("no more than so many wait for a receiver", async () => {
  const { settled, deliver, delivery } = play(() => never, { waitingMax: 3 });
  for (const key of ["a", "b", "c", "d"]) deliver(key);
  expect(settled).toEqual([["d", "dead", 0, "Not tried: 3 others wait for ops already."]]);
  expect(delivery.standings()).toEqual([{ receiver: "ops", waiting: 3, failingSinceMs: null }]);
});

test("a receiver that is gone from the configuration takes nothing", async () => {
  const { time, settled, deliver } = play(() => delivered);
  deliver("a", "nobody");
  await time.settle();
  expect(settled).toEqual([["a", "dead", 1, "There is no receiver nobody in the configuration any more."]]);
});

test("a receiver that is taken out while it fails is settled, and is not said to answer again", async () => {
  const { time, settled, standings, deliver, receivers } = play(() => retry);
  for (const key of ["a", "b"]) deliver(key);
  await time.settle();
  receivers.delete("ops");
  await time.pass(hourMs);
  expect(settled.map(([key, outcome]) => `${key} ${outcome}`)).toEqual(["a dead", "b dead"]);
  expect(standings).toEqual([["ops", "away"]]);
});

test("a channel that throws is tried again, and what it threw is told to nobody", async () => {
  const { time, settled, standings, deliver } = play(({ atMs }) => {
    if (atMs === 0) throw new Error("s3cret");
    return delivered;
  });
  deliver("a");
  await time.pass(1000);
  expect(settled).toEqual([["a", "delivered", 2, "ok"]]);
  expect(JSON.stringify(standings)).not.toContain("s3cret");
});

test("stopping cuts what is on its way and settles nothing", async () => {
  const { time, settled, sent, deliver, delivery } = play(
    // Also what is delivered at that very moment: it is sent again under the same key.
    (_sent, signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(delivered))),
  );
  for (const key of ["a", "b"]) deliver(key);
  await delivery.stop();
  deliver("c");
  await time.pass(25 * hourMs);
  expect(keysOf(sent)).toEqual(["a"]);
  expect(settled).toEqual([]);
  expect(time.waiting()).toBe(0);
});

test("one that is withdrawn is neither sent nor settled, on its way or not", async () => {
  const { time, settled, sent, deliver, delivery } = play(({ key }, signal) =>
    key === "c"
      ? delivered
      : new Promise((resolve) => signal.addEventListener("abort", () => resolve({ _tag: "Retry", detail: "cut" }))),
  );
  for (const key of ["a", "b", "c"]) deliver(key);
  delivery.withdraw("b");
  delivery.withdraw("a");
  await time.pass(hourMs);
  expect(keysOf(sent)).toEqual(["a", "c"]);
  expect(settled).toEqual([["c", "delivered", 1, "ok"]]);
});
