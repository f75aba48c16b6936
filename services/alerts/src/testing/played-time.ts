/** A clock that a test moves, with the tasks that wait for it. */
export const playedTime = (startMs = 0) => {
  let nowMs = startMs;
  let serial = 0;
  const tasks = new Map<number, { readonly atMs: number; readonly task: () => void }>();
  /** Lets what was promised happen: no wait of real time. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
  };
  /** Moves on, task by task in the order of their instants. */
  const pass = async (ms: number): Promise<void> => {
    const untilMs = nowMs + ms;
    await settle();
    for (;;) {
      const [next] = [...tasks].filter(([, { atMs }]) => atMs <= untilMs).sort(([, a], [, b]) => a.atMs - b.atMs);
      if (next === undefined) break;
      const [id, { atMs, task }] = next;
      tasks.delete(id);
      nowMs = Math.max(nowMs, atMs);
      task();
      await settle();
    }
    nowMs = untilMs;
  };
  const after = (delayMs: number, task: () => void): (() => void) => {
    const id = serial++;
    tasks.set(id, { atMs: nowMs + delayMs, task });
    return () => tasks.delete(id);
  };
  return { nowMs: () => nowMs, after, pass, settle, waiting: () => tasks.size };
};
