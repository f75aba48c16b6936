import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LogRecord } from "@leadwire/log";
import { afterEach, beforeEach, expect, test } from "vitest";
import { demoFeed } from "../../demo/index.ts";
import { demoPlan, demoPosition } from "./demo-file.ts";
import { playDemo } from "./play-demo.ts";

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 5, 1, 10, 20);
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-demo-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const textOf = ({ topic, value }: LogRecord): string => `${topic} ${Buffer.from(value).toString("hex")}`;

interface Run {
  readonly nowMs: number;
  /** Appends that succeed before the process is killed, between an append and the position after it. */
  readonly killAfter?: number;
}

/** Plays until the past is filled in, or the kill. */
const play = async ({ nowMs, killAfter = Number.POSITIVE_INFINITY }: Run): Promise<ReadonlyArray<string>> => {
  const stop = new AbortController();
  const appended: string[] = [];
  let appends = 0;
  const position = demoPosition(folder);
  await playDemo({
    plan: demoPlan(folder, nowMs),
    position: {
      sentMs: position.sentMs,
      advance: (sentMs) => {
        if (appends >= killAfter) throw new Error("killed");
        position.advance(sentMs);
      },
    },
    engine: {
      append: async (records) => {
        appended.push(...records.map(textOf));
        appends += 1;
      },
    },
    nowMs: () => nowMs,
    signal: stop.signal,
    onProgress: () => undefined,
    onLive: () => stop.abort(),
  }).catch(() => undefined);
  return appended;
};

const expected = (nowMs: number): ReadonlyArray<string> => {
  const texts: string[] = [];
  const plan = demoPlan(folder, nowMs);
  for (const one of demoFeed(plan)) {
    if (one.sentAtMs > nowMs) return texts;
    texts.push(one.event.event_id);
  }
  return texts;
};

test("sends the whole past once, and goes on where it stopped, also days later", async () => {
  const first = await play({ nowMs: startMs });
  const second = await play({ nowMs: startMs + 60_000 });
  const third = await play({ nowMs: startMs + 2 * dayMs });
  expect(first.length).toBeGreaterThan(40_000);
  expect(third.length).toBeGreaterThan(1_000);
  expect(first.length + second.length + third.length).toBe(expected(startMs + 2 * dayMs).length);
});

test("loses nothing to a kill between append and position, and sends at most a batch again", async () => {
  const killed = await play({ nowMs: startMs, killAfter: 7 });
  const rest = await play({ nowMs: startMs });
  expect(killed.length).toBe(7_000);
  const repeated = killed.length + rest.length - expected(startMs).length;
  expect(repeated).toBe(1_000);
  // What is sent again is the same, byte for byte: the engine knows it as a duplicate.
  expect(rest.slice(0, 1_000)).toEqual(killed.slice(-1_000));
});
