import { appendFileSync } from "node:fs";

/** What happened when, in a file and for whoever watches. Times are seconds since the run began. */
export interface Journal {
  readonly note: (text: string) => void;
  readonly elapsedMs: () => number;
}

export const openJournal = (path: string, show: (line: string) => void): Journal => {
  const startedMs = performance.now();
  const elapsedMs = (): number => performance.now() - startedMs;
  const note = (text: string): void => {
    const line = `${(elapsedMs() / 1_000).toFixed(1).padStart(7)} s  ${text}\n`;
    appendFileSync(path, line);
    show(line);
  };
  return { note, elapsedMs };
};
