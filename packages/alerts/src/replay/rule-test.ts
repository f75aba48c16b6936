import { AlertReplay } from "./alert-replay.ts";
import { type AlertMismatch, mismatches } from "./expected-alert.ts";
import { playedLine } from "./played-record.ts";
import type { ReplayStage } from "./replay-stage.ts";
import type { RuleExpectation, RuleTest } from "./rule-test-file.ts";
import { SeenAlerts } from "./seen-alerts.ts";

/** What was otherwise than a test says, at one instant. */
export interface RuleTestFailure {
  readonly at: string;
  /** Of the expectation in its file. */
  readonly line: number;
  readonly what: "firing" | "pending" | "told";
  readonly mismatches: ReadonlyArray<AlertMismatch>;
}

export interface RuleTestOutcome {
  readonly name: string;
  readonly line: number;
  readonly failures: ReadonlyArray<RuleTestFailure>;
}

const failuresAt = (then: RuleExpectation, seen: SeenAlerts): ReadonlyArray<RuleTestFailure> => {
  const { at, line } = then;
  const found = {
    firing: () => seen.withStatus("firing"),
    pending: () => seen.withStatus("pending"),
    told: () => seen.takeTold(),
  };
  return (["firing", "pending", "told"] as const).flatMap((what) => {
    const expected = then[what];
    const wrong = expected === undefined ? [] : mismatches(expected, found[what]());
    return wrong.length === 0 ? [] : [{ at, line, what, mismatches: wrong }];
  });
};

/** Evaluation begins so long before the first event or expectation: nothing is so yet. */
const aheadMs = 1_000;

const beginMs = ({ given, then }: RuleTest): number =>
  Math.min(given[0]?.appendTimeMs ?? Number.POSITIVE_INFINITY, then[0]?.atMs ?? Number.POSITIVE_INFINITY) - aheadMs;

/** Plays a test's events, and holds what comes of them against what it says. `stage`: a new one, for this test alone. */
export const runRuleTest = (test: RuleTest, stage: ReplayStage, generation: string): RuleTestOutcome => {
  const replay = new AlertReplay({ workspace: test.workspace, generation, stage });
  const seen = new SeenAlerts();
  const given = test.given.map(playedLine);
  const failures: RuleTestFailure[] = [];
  let next = 0;
  if (test.then.length > 0) replay.begin(beginMs(test));
  for (const then of test.then) {
    for (; next < given.length; next += 1) {
      const record = given[next];
      if (record === undefined || record.atMs > then.atMs) break;
      replay.arrive(record);
    }
    replay.advance(then.atMs);
    for (const { record } of replay.take()) seen.apply(record);
    failures.push(...failuresAt(then, seen));
    seen.takeTold();
  }
  return { name: test.name, line: test.line, failures };
};
