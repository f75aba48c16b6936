import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { DemoPlan } from "../../demo/index.ts";

const hourMs = 3_600_000;
const historyMs = 90 * 24 * hourMs;

/** Writes a whole file or nothing of it, durable. */
const writeWhole = (path: string, text: string): void => {
  const next = `${path}.next`;
  const file = openSync(next, "w");
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(next, path);
};

const numberIn = (value: unknown, name: string, path: string): number => {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  if (typeof found === "number" && Number.isFinite(found)) return found;
  throw new Error(`${path} holds no number ${name}. Take another --data-dir, or delete this one to begin anew.`);
};

/** The demo's plan: made once, before anything is sent, and the same ever after. */
export const demoPlan = (dataDir: string, nowMs: number): DemoPlan => {
  const path = join(dataDir, "demo.json");
  if (!existsSync(path)) {
    const liveFromMs = Math.floor(nowMs / hourMs) * hourMs;
    const plan: DemoPlan = { seed: 1, fromMs: liveFromMs - historyMs, liveFromMs, scale: 1 };
    writeWhole(path, `${JSON.stringify(plan)}\n`);
    return plan;
  }
  const found: unknown = JSON.parse(readFileSync(path, "utf8"));
  const field = (name: keyof DemoPlan): number => numberIn(found, name, path);
  return { seed: field("seed"), fromMs: field("fromMs"), liveFromMs: field("liveFromMs"), scale: field("scale") };
};

/**
 * The instant up to which the feed was sent, kept after each durable append. Killed between the two, the next start
 * sends one batch again: its events have their ids, so that they are recognised as duplicates and change no number.
 */
export interface DemoPosition {
  readonly sentMs: number;
  readonly advance: (sentMs: number) => void;
}

export const demoPosition = (dataDir: string): DemoPosition => {
  const path = join(dataDir, "demo-sent.json");
  const found: unknown = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
  return {
    sentMs: found === null ? Number.NEGATIVE_INFINITY : numberIn(found, "sentMs", path),
    advance: (sentMs) => writeWhole(path, `${JSON.stringify({ sentMs })}\n`),
  };
};
