import { expect, test } from "vitest";
import { PauseGate } from "./pause-gate.ts";

const never = new Promise<void>(() => undefined);
/** Lets everything that is ready go on. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("a pause waits for what is under way, and holds what comes until it is over", async () => {
  const gate = new PauseGate();
  const leaves = [await gate.enter(), await gate.enter()];
  gate.close();
  const told: string[] = [];
  void gate.idle(never).then(() => told.push("idle"));
  void gate.enter().then(() => told.push("entered"));
  leaves[0]?.();
  leaves[0]?.();
  await turn();
  expect(told).toEqual([]);
  leaves[1]?.();
  await turn();
  expect(told).toEqual(["idle"]);
  gate.open();
  await turn();
  expect(told).toEqual(["idle", "entered"]);
});

test("a request that takes too long is not waited for", async () => {
  const gate = new PauseGate();
  await gate.enter();
  gate.close();
  await gate.idle(Promise.resolve());
  gate.open();
  const leave = await gate.enter();
  leave();
});

test("a gate that closes again before a waiting one went on holds it again", async () => {
  const gate = new PauseGate();
  gate.close();
  let entered = false;
  void gate.enter().then(() => {
    entered = true;
  });
  gate.open();
  gate.close();
  await turn();
  expect(entered).toBe(false);
  gate.open();
  await turn();
  expect(entered).toBe(true);
});
