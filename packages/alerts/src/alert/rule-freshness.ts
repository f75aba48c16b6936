import type { AlertCause } from "@leadwire/events";
import type { AlertRule } from "../rule/rule.ts";
import type { AlertState } from "./alert-state.ts";

/** Names a rule among all. */
export const ruleKey = (ruleSet: string, id: string): string => `${ruleSet}/${id}`;

/** A rule that was not evaluated once whole yet, since the engine began or the rules were read anew. */
interface FreshRule {
  readonly rule: AlertRule;
  /** What its transitions are laid to instead of data and time, in this first evaluation. */
  readonly cause: Extract<AlertCause, "rule_changed" | "formula_changed"> | null;
  /** Alerts that the log knows and no observation has confirmed. */
  readonly unseen: Set<string>;
}

/**
 * Which rules and alerts are still to be looked at for the first time. Until an alert was, no time that it waited for
 * counts: what was put right while nobody evaluated raises nothing.
 */
export class RuleFreshness {
  private readonly fresh = new Map<string, FreshRule>();

  /** Whether every rule was looked at. */
  get isOver(): boolean {
    return this.fresh.size === 0;
  }

  /** All rules are to be looked at, and all living alerts; `causeOf` says what a rule's first transitions are laid to. */
  begin(
    rules: ReadonlyMap<string, AlertRule>,
    alive: Iterable<AlertState>,
    causeOf: (key: string, rule: AlertRule) => FreshRule["cause"],
  ): void {
    const causes = new Map([...rules].map(([key, rule]) => [key, causeOf(key, rule)]));
    this.fresh.clear();
    for (const [key, rule] of rules)
      this.fresh.set(key, { rule, cause: causes.get(key) ?? null, unseen: new Set<string>() });
    for (const { record } of alive)
      this.fresh.get(ruleKey(record.rule_set, record.rule))?.unseen.add(record.fingerprint);
  }

  /** What the rule's transitions are laid to in its first evaluation; null once that is over, and where it is nothing. */
  causeOf(key: string): FreshRule["cause"] {
    return this.fresh.get(key)?.cause ?? null;
  }

  isUnseen(key: string, fingerprint: string): boolean {
    return this.fresh.get(key)?.unseen.has(fingerprint) ?? false;
  }

  saw(key: string, fingerprint: string): void {
    this.fresh.get(key)?.unseen.delete(fingerprint);
  }

  /** Takes out the rules that are whole by now, each with what of it nobody has seen. */
  takeWhole(isWhole: (rule: AlertRule) => boolean): ReadonlyArray<FreshRule> {
    if (this.fresh.size === 0) return [];
    const whole: FreshRule[] = [];
    for (const [key, fresh] of this.fresh) {
      if (!isWhole(fresh.rule)) continue;
      whole.push(fresh);
      this.fresh.delete(key);
    }
    return whole;
  }
}
