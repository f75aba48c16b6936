import type { Evaluator, Observation } from "../alert/observation.ts";
import type { AlertRule } from "../rule/rule.ts";

/** An observation of one group, with the fields that a test says nothing of. */
export const observationOf = (
  rule: AlertRule,
  changes: Partial<Observation> & Pick<Observation, "standing" | "atMs">,
): Observation => {
  const group = changes.group ?? { team: "north" };
  return {
    rule,
    group,
    identity: group,
    step: 0,
    cause: "data",
    value: null,
    numerator: null,
    denominator: null,
    threshold: 0.25,
    unit: "ratio",
    events: [],
    ...changes,
  };
};

/** Says what a test tells it to, once. */
export class ScriptedEvaluator implements Evaluator {
  /** Whether all of every rule was looked at. */
  isAllSeen = true;
  dueMs = Number.POSITIVE_INFINITY;
  heldMs = Number.NEGATIVE_INFINITY;
  private waiting: Observation[] = [];

  say(...observations: ReadonlyArray<Observation>): void {
    this.waiting.push(...observations);
  }

  observe(): Iterable<Observation> {
    const said = this.waiting;
    this.waiting = [];
    return said;
  }

  nextDueMs(): number {
    return this.dueMs;
  }

  heldUntilMs(): number {
    return this.heldMs;
  }

  isWhole(): boolean {
    return this.isAllSeen;
  }
}
