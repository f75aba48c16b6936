/** The same function, of whose calls at most so many run at one time; the others wait their turn. */
export const limited = <Asked, Answer>(
  max: number,
  ask: (asked: Asked) => Promise<Answer>,
): ((asked: Asked) => Promise<Answer>) => {
  const waiting: Array<() => void> = [];
  let running = 0;
  return async (asked) => {
    if (running >= max) await new Promise<void>((resolve) => void waiting.push(resolve));
    else running += 1;
    try {
      return await ask(asked);
    } finally {
      // Whoever waits takes the place over.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
};
