import type { Judged, JudgeOptions } from "./judged.ts";

/** Statements that passed, so that a board or a tool that asks the same again waits for no second judgement. */
export interface PassedStatements {
  readonly get: (statement: string, options: JudgeOptions) => Judged | undefined;
  readonly add: (statement: string, options: JudgeOptions, judged: Judged) => void;
}

const statementsMax = 500;
const charsMax = 8_000;

/** What a judgement depends on: parameters may stand for names, and who sees some rows only may ask less. */
const keyOf = (statement: string, { parameters = {}, database, someRows = false }: JudgeOptions): string =>
  JSON.stringify([statement, database, someRows, ...Object.entries(parameters)]);

/** The latest ones; the longest unused goes first. */
export const createPassedStatements = (): PassedStatements => {
  const passed = new Map<string, Judged>();
  const put = (key: string, judged: Judged): void => {
    passed.delete(key);
    passed.set(key, judged);
    const [oldest] = passed.keys();
    if (passed.size > statementsMax && oldest !== undefined) passed.delete(oldest);
  };
  return {
    get: (statement, options) => {
      const key = keyOf(statement, options);
      const judged = passed.get(key);
      if (judged !== undefined) put(key, judged);
      return judged;
    },
    add: (statement, options, judged) => {
      const key = keyOf(statement, options);
      if (key.length <= charsMax) put(key, judged);
    },
  };
};
