import { createHash } from "node:crypto";
import { conditionText } from "../when/condition-text.ts";
import { levelText } from "../when/level-text.ts";
import { patienceText } from "../when/patience-text.ts";
import type { Condition, EscalationStep } from "./rule.ts";

/** What of a rule decides on alerts. */
export interface DecidingParts {
  readonly condition: Condition;
  readonly forMs: number;
  readonly keepFiringForMs: number;
  readonly escalation: ReadonlyArray<EscalationStep>;
}

/** 16 hexadecimal digits: the same for rules that decide the same, however they are written. */
export const ruleVersion = (
  { condition, forMs, keepFiringForMs, escalation }: DecidingParts,
  currency: string,
): string => {
  const resolve =
    condition._tag === "Threshold"
      ? [levelText(condition.resolveLevel, condition.question, currency), condition.minimumCount]
      : [];
  const steps = escalation.map(({ patience }) => patienceText(patience));
  const text = JSON.stringify([conditionText(condition, currency), resolve, forMs, keepFiringForMs, steps]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
};
