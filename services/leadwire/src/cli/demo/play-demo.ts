import { setTimeout as sleep } from "node:timers/promises";
import { encodeEvent, keyOf, topicOf } from "@leadwire/events";
import type { LogRecord } from "@leadwire/log";
import { type DemoEvent, type DemoPlan, demoFeed } from "../../demo/index.ts";
import type { Engine } from "../../engine/engine.ts";
import type { DemoPosition } from "./demo-file.ts";

export interface DemoSettings {
  readonly plan: DemoPlan;
  readonly position: DemoPosition;
  readonly engine: Pick<Engine, "append">;
  readonly nowMs: () => number;
  /** Ends the play after the append under way. */
  readonly signal: AbortSignal;
  /** While the past is filled in: how far, from 0 to 1, and how many events so far. */
  readonly onProgress: (done: number, events: number) => void;
  /** The past is filled in; from here on events come at their own pace. */
  readonly onLive: (events: number) => void;
}

const batchMax = 1_000;

/** What is filled in at once changes no closed number one by one: it is told as one backfill. */
const backfill = "demo-history";

const recordOf = ({ event }: DemoEvent, live: boolean): LogRecord => ({
  topic: topicOf(event.type),
  key: Buffer.from(keyOf(event)),
  value: encodeEvent(event),
  headers: { source: event.source_system, ...(live ? {} : { backfill }) },
});

/**
 * Sends the demo's events as any producer would: first all that were sent before now, in batches, then each at its
 * instant. Resolves once `signal` is aborted and nothing is under way.
 */
export const playDemo = async (settings: DemoSettings): Promise<void> => {
  const { plan, position, engine, nowMs, signal } = settings;
  const feed = demoFeed(plan, position.sentMs);
  const startMs = Math.max(position.sentMs, plan.fromMs);
  let next = feed.next().value;
  let events = 0;
  let live = false;
  while (!signal.aborted) {
    const batch: DemoEvent[] = [];
    for (const untilMs = nowMs(); next.sentAtMs <= untilMs && batch.length < batchMax; next = feed.next().value)
      batch.push(next);
    const last = batch.at(-1);
    if (last !== undefined) {
      // 1. Durable in the log. 2. Only then the position: what a kill in between leaves behind is sent again.
      await engine.append(batch.map((one) => recordOf(one, live)));
      position.advance(last.sentAtMs);
      events += batch.length;
      if (!live) settings.onProgress((last.sentAtMs - startMs) / (nowMs() - startMs), events);
    }
    if (next.sentAtMs <= nowMs()) continue;
    if (!live) settings.onLive(events);
    live = true;
    await sleep(Math.min(next.sentAtMs - nowMs(), 60_000), undefined, { signal }).catch(() => undefined);
  }
};
