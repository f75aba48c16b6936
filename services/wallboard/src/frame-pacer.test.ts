import { describe, expect, test } from "vitest";
import { createFramePacer } from "./frame-pacer.ts";
import { createPlayedTimer } from "./testing/played-timer.ts";

describe("frame pacer", () => {
  test("draws the first change after a rest without waiting for a frame", () => {
    const timer = createPlayedTimer();
    const drawn: number[] = [];
    const pacer = createFramePacer(30, timer, () => drawn.push(timer.nowMs()));
    pacer.request();
    timer.advance(0);
    expect(drawn).toEqual([0]);
  });

  test("draws a thousand changes of one second in no more than a frame's time each, the last included", () => {
    const timer = createPlayedTimer();
    const drawn: number[] = [];
    let changes = 0;
    let seen = 0;
    const pacer = createFramePacer(20, timer, () => {
      seen = changes;
      drawn.push(timer.nowMs());
    });
    for (let i = 0; i < 1_000; i++) {
      changes++;
      pacer.request();
      timer.advance(1);
    }
    timer.advance(20);
    expect(drawn.length).toBeLessThanOrEqual(52);
    expect(drawn.every((at, index) => index === 0 || at - (drawn[index - 1] ?? 0) >= 20)).toBe(true);
    expect(seen).toBe(1_000);
  });

  test("waits for one frame at most when the clock is set back", () => {
    const timer = createPlayedTimer(1_000_000);
    let drawn = 0;
    const pacer = createFramePacer(20, timer, () => drawn++);
    pacer.request();
    timer.advance(0);
    timer.setBack(600_000);
    pacer.request();
    timer.advance(20);
    expect(drawn).toBe(2);
  });

  test("draws nothing after it was stopped", () => {
    const timer = createPlayedTimer();
    let drawn = 0;
    const pacer = createFramePacer(20, timer, () => drawn++);
    pacer.request();
    pacer.stop();
    timer.advance(100);
    expect(drawn).toBe(0);
  });
});
