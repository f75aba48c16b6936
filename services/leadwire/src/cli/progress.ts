import type { Terminal } from "./context.ts";

export interface Progress {
  /** `done` from 0 to 1, and what to say beside it. */
  readonly update: (done: number, text: string) => void;
  /** Leaves the last state standing. */
  readonly end: () => void;
}

const barWidth = 28;
const redrawEveryMs = 100;
const lineEveryMs = 3_000;

const bar = (done: number): string => {
  const full = Math.round(Math.min(Math.max(done, 0), 1) * barWidth);
  return `${"█".repeat(full)}${"░".repeat(barWidth - full)} ${(Math.min(done, 1) * 100).toFixed(0).padStart(3)} %`;
};

/** Progress on standard error: a bar for a person, a line every few seconds for a log. */
export const startProgress = (terminal: Terminal, nowMs: () => number, title: string): Progress => {
  let last: { readonly done: number; readonly text: string } | undefined;
  let shownAtMs = terminal.live ? Number.NEGATIVE_INFINITY : nowMs();
  let noted = "";
  const show = (done: number, text: string): void => {
    if (terminal.live) {
      terminal.redraw(`${title}  ${bar(done)}  ${text}`);
      return;
    }
    const line = `${title}: ${(done * 100).toFixed(0)} %, ${text}`;
    if (line !== noted) terminal.note(line);
    noted = line;
  };
  return {
    update: (done, text) => {
      last = { done, text };
      if (nowMs() - shownAtMs < (terminal.live ? redrawEveryMs : lineEveryMs)) return;
      shownAtMs = nowMs();
      show(done, text);
    },
    end: () => {
      if (last === undefined) return;
      show(last.done, last.text);
      if (terminal.live) terminal.note("");
    },
  };
};
