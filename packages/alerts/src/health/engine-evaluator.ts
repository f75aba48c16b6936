import type { EngineLag } from "@leadwire/stream";
import type { Evaluator, Observation } from "../alert/observation.ts";
import type { AlertRule, EngineCondition } from "../rule/rule.ts";

const everyMs = 1_000;

/** What the engine says of itself. */
export interface EngineHealth {
  readonly lag: (nowMs: number) => EngineLag;
  /** Records put aside from an instant on. */
  readonly quarantinedSince: (fromMs: number) => number;
}

export interface EngineOptions {
  /** Rules with other conditions are passed by. */
  readonly rules: Iterable<AlertRule>;
  readonly health: EngineHealth;
}

/**
 * Holds the engine's own health against its rules, once a second: also, and above all, while it is behind. Before all
 * tasks were heard of it is not known that they are not: what fires by then goes on.
 */
export class EngineEvaluator implements Evaluator {
  readonly isAlways = true;
  private readonly rules: ReadonlyArray<readonly [AlertRule, EngineCondition]>;
  private readonly health: EngineHealth;
  private nextMs = Number.NEGATIVE_INFINITY;

  constructor({ rules, health }: EngineOptions) {
    this.rules = [...rules].flatMap((rule) =>
      rule.condition._tag === "Engine" ? [[rule, rule.condition] as const] : [],
    );
    this.health = health;
  }

  observe(atMs: number): ReadonlyArray<Observation> {
    if (atMs < this.nextMs) return [];
    this.nextMs = atMs + everyMs;
    return this.rules.flatMap(([rule, condition]) => this.look(rule, condition, atMs) ?? []);
  }

  nextDueMs(): number {
    return this.rules.length === 0 ? Number.POSITIVE_INFINITY : this.nextMs;
  }

  isWhole({ condition }: AlertRule): boolean {
    return condition._tag !== "Engine" || this.nextMs > Number.NEGATIVE_INFINITY;
  }

  private look(rule: AlertRule, { what, above, windowMs }: EngineCondition, atMs: number): Observation | undefined {
    const lag = what === "lag" ? this.health.lag(atMs) : undefined;
    const value = lag === undefined ? this.health.quarantinedSince(atMs - windowMs) : lag.ms / 1000;
    const threshold = lag === undefined ? above : above / 1000;
    if (lag?.isAtLeast === true && value <= threshold) return undefined;
    return {
      rule,
      group: {},
      identity: {},
      standing: value > threshold ? "fires" : "clear",
      atMs,
      step: 0,
      cause: "data",
      value,
      numerator: null,
      denominator: null,
      threshold,
      unit: lag === undefined ? "" : "s",
      events: [],
    };
  }
}
