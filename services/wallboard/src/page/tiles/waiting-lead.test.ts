import { expect, test } from "vitest";
import { byUrgency, waitingState } from "./waiting-lead.ts";

const minuteMs = 60_000;

test("is late from the moment after its deadline", () => {
  expect(waitingState(0, 5 * minuteMs, 5 * minuteMs)).toBe("soon");
  expect(waitingState(0, 5 * minuteMs, 5 * minuteMs + 1)).toBe("late");
});

test("is due soon in the last fifth of its time, or the last minute where that is longer", () => {
  expect(waitingState(0, 60 * minuteMs, 47 * minuteMs)).toBe("waiting");
  expect(waitingState(0, 60 * minuteMs, 48 * minuteMs)).toBe("soon");
  expect(waitingState(0, 2 * minuteMs, minuteMs)).toBe("soon");
});

test("only waits where no deadline is known", () => {
  expect(waitingState(0, null, 9 * minuteMs)).toBe("waiting");
});

test("puts who can still be answered in time first, the next to be late before all others", () => {
  const leads = [50, 40, 20, 10].map((dueAtMs) => ({ dueAtMs }));
  expect(byUrgency(leads, 30).map(({ dueAtMs }) => dueAtMs)).toEqual([40, 50, 20, 10]);
});
