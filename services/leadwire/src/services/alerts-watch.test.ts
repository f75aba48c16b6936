import { type AlertsConfig, defaultNotifications } from "@leadwire/alerts";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ReadAlerts } from "./alerts-source.ts";
import { AlertsWatch } from "./alerts-watch.ts";

const configOf = (text: string): ReadAlerts => ({
  config: { ruleSets: [], notifications: defaultNotifications },
  text,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("changed rules are taken within two seconds; wrong ones are said once, and the former ones hold", async () => {
  let files: Either<string, ReadAlerts> = right(configOf("a"));
  const taken: Array<AlertsConfig> = [];
  const notices: Array<string> = [];
  const watch = new AlertsWatch({
    read: configOf("a"),
    source: async () => files,
    onChange: (config) => taken.push(config),
    onNotice: (text) => notices.push(text),
    onFailure: (cause) => {
      throw cause;
    },
  });
  watch.start();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(taken).toHaveLength(0);

  files = left("alerts/sales.yaml:2:9 expected a level");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(taken).toHaveLength(0);
  expect(notices).toEqual([expect.stringContaining("alerts/sales.yaml:2:9")]);
  expect(watch.isRefused).toBe(true);

  files = right(configOf("b"));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(taken).toHaveLength(1);
  expect(watch.isRefused).toBe(false);

  watch.stop();
  files = right(configOf("c"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(taken).toHaveLength(1);
});
