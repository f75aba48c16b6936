const everyMs = 10_000;

/** Tells of the same kind of trouble at most every ten seconds. */
export const calmly = (nowMs: () => number, tell: (text: string) => void): ((text: string) => void) => {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  return (text) => {
    if (nowMs() - toldAtMs < everyMs) return;
    toldAtMs = nowMs();
    tell(text);
  };
};
