import { expect, test } from "vitest";
import { startProgress } from "./progress.ts";

test("a log gets a line every few seconds, and none twice in a row", () => {
  const lines: Array<string> = [];
  let nowMs = 0;
  const terminal = {
    live: false,
    out: async () => undefined,
    redraw: () => undefined,
    note: (text: string) => void lines.push(text),
  };
  const progress = startProgress(terminal, () => nowMs, "rebuild");
  for (const done of [0.1, 0.5, 1, 1]) {
    progress.update(done, "7 events");
    nowMs += 3_000;
  }
  progress.end();
  expect(lines).toEqual(["rebuild: 50 %, 7 events", "rebuild: 100 %, 7 events"]);
});
