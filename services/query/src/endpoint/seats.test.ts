import { expect, test } from "vitest";
import { Seats } from "./seats.ts";

const staying = new AbortController().signal;
const limits = { inAll: 3, each: 2, waitingEach: 1, waitForMs: 60_000 };

test("one who asks has some seats, and all together no more than there are", async () => {
  const seats = new Seats(limits);
  const ana = [await seats.take("ana", staying), await seats.take("ana", staying)];
  const third = seats.take("ana", staying);
  // One waits; a second one does not.
  expect(await seats.take("ana", staying)).toBeUndefined();
  const bogdan = await seats.take("bogdan", staying);
  const full = seats.take("carmen", staying);
  ana[0]?.();
  // The first to wait sits first; giving a seat back twice gives one back.
  ana[0]?.();
  const sat = await third;
  bogdan?.();
  expect(await full).toBeDefined();
  expect(sat).toBeDefined();
});

test("a seat that nobody waits for any more goes to the next", async () => {
  const seats = new Seats({ ...limits, inAll: 1 });
  const first = await seats.take("ana", staying);
  const gone = new AbortController();
  const leaving = seats.take("bogdan", gone.signal);
  const next = seats.take("carmen", staying);
  gone.abort();
  expect(await leaving).toBeUndefined();
  first?.();
  expect(await next).toBeDefined();
});

test("who waits too long is told so", async () => {
  const seats = new Seats({ ...limits, inAll: 1, waitForMs: 1 });
  await seats.take("ana", staying);
  expect(await seats.take("bogdan", staying)).toBeUndefined();
  expect(await seats.take("bogdan", AbortSignal.abort())).toBeUndefined();
});
