import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { expect, test } from "vitest";
import { Driver } from "../../testing/driver.ts";
import { spent } from "../../testing/sample-events.ts";

const fromMs = Date.UTC(2026, 5, 1);
const day = fromMs / 86_400_000;
const appendTimeMs = fromMs + 30 * 86_400_000;

const run = (events: ReadonlyArray<ReturnType<typeof spent>>): Driver => {
  const driver = new Driver(defaultWorkspace, catalogue.measures);
  driver.feed(events.map((event) => ({ event, appendTimeMs })));
  return driver;
};
const amounts = (driver: Driver) =>
  driver.facts().map(({ atMs, amountMinor }) => [(atMs - fromMs) / 86_400_000, amountMinor]);

test("spend is one fact a day, the remainder on the first days", () => {
  expect(amounts(run([spent("s", fromMs, 11, [day, day + 2])]))).toEqual([
    [0, 4],
    [1, 4],
    [2, 3],
  ]);
});

test("a correction retracts the days that are no longer there", () => {
  const event = spent("s", fromMs, 10, [day, day + 4]);
  const corrected = { ...event, revision: 1, period_end: day + 1 };
  for (const events of [
    [event, corrected],
    [corrected, event],
  ]) {
    const driver = run(events);
    expect(amounts(driver)).toEqual([
      [0, 5],
      [1, 5],
    ]);
    expect(driver.tasks.get("leadwire.spend/0")?.ledger.entries()[0]?.counts).toMatchObject({
      applied: 2,
      superseded: 1,
    });
  }
});

test("a voided event leaves nothing behind", () => {
  const event = spent("s", fromMs, 10, [day, day]);
  const driver = run([event, { ...event, revision: 1, voided: true }]);
  expect(driver.facts()).toEqual([]);
  expect(driver.slices()).toEqual([]);
});

test("the same event of another source is another event", () => {
  const event = spent("s", fromMs, 10, [day, day]);
  expect(run([event, event, { ...event, source_system: "ads" }]).facts()).toHaveLength(2);
});
