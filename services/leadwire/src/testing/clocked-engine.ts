import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeEvent, keyOf, type SalesEvent, topicOf } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import type { LocalEngine } from "../engine/local-engine.ts";
import { openEngine } from "../engine/open-engine.ts";

/** A real engine on a clock that a test sets: what is appended then has that append time. */
export interface ClockedEngine {
  readonly engine: LocalEngine;
  readonly nowMs: () => number;
  /** Sets the clock forward; it goes on from there, since batches are stored by their age. */
  readonly at: (ms: number) => void;
  /** Appends events, as one batch; with a backfill id where one is given. */
  readonly append: (events: ReadonlyArray<SalesEvent>, backfill?: string) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** `startMs` has to lie ahead of ClickHouse's own clock, by which it lets go of old minutes. */
export const openClockedEngine = async (workspace: Workspace, startMs: number): Promise<ClockedEngine> => {
  const dataDir = mkdtempSync(join(tmpdir(), "leadwire-clocked-"));
  let aheadMs = startMs - performance.now();
  const nowMs = (): number => Math.floor(aheadMs + performance.now());
  const opened = await openEngine({
    dataDir,
    workspace,
    nowMs,
    storePasswords: { admin: "a".repeat(24), analyst: "b".repeat(24) },
    onNotice: () => undefined,
    onFailure: (cause) => {
      throw cause;
    },
  });
  if (isLeft(opened)) throw new Error(opened.left.message);
  const engine = opened.right;
  return {
    engine,
    nowMs,
    at: (ms) => {
      aheadMs = ms - performance.now();
    },
    append: (events, backfill) =>
      engine.append(
        events.map((event) => ({
          topic: topicOf(event.type),
          key: Buffer.from(keyOf(event)),
          value: encodeEvent(event),
          ...(backfill === undefined ? {} : { headers: { backfill } }),
        })),
      ),
    dispose: async () => {
      await engine.close();
      rmSync(dataDir, { recursive: true });
    },
  };
};
