import type { AlertChanged } from "@leadwire/events";
import { AlertBook } from "../alert/alert-book.ts";
import type { Observation, Standing } from "../alert/observation.ts";
import { RuleSetEngine } from "../alert/rule-set-engine.ts";
import type { AlertRule } from "../rule/rule.ts";
import { alertRule } from "./alert-rules.ts";
import { observationOf, ScriptedEvaluator } from "./scripted-evaluator.ts";

export const minuteMs = 60_000;
export const dayMs = Date.UTC(2026, 2, 2);

/** `10:05`, on the day of the tests. */
export const msOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return dayMs + (hours * 60 + minutes) * minuteMs;
};

const timeOf = (ms: number): string => new Date(ms).toISOString().slice(11, 16);

/** `09:00 inactive → firing (data)`, with the step where it is above 0. */
const told = ({ at, former, status, step, cause }: AlertChanged): string =>
  `${timeOf(at)} ${former} → ${status}${step === 0 ? "" : ` step ${step}`} (${cause})`;

export type Seen = Partial<Observation> & { readonly standing: Standing };

/** One partition, played: what is seen at a time, and what is decided then. */
export class Play {
  readonly records: AlertChanged[] = [];
  book = new AlertBook();
  evaluator = new ScriptedEvaluator();
  private engine: RuleSetEngine;
  private rules: ReadonlyArray<AlertRule>;

  constructor(...rules: ReadonlyArray<AlertRule>) {
    this.rules = rules;
    this.engine = this.opened("g1");
  }

  get rule(): AlertRule {
    return this.rules[0] ?? alertRule();
  }

  at(time: string, ...seen: ReadonlyArray<Standing | Seen>): ReadonlyArray<string> {
    for (const one of seen) {
      const changes = typeof one === "string" ? { standing: one } : one;
      this.evaluator.say(observationOf(this.rule, { atMs: msOf(time), ...changes }));
    }
    const decided = this.engine.step(msOf(time));
    for (const record of decided) this.engine.applied(record);
    this.records.push(...decided);
    return decided.map(told);
  }

  due(): string {
    const ms = this.engine.nextDueMs();
    return Number.isFinite(ms) ? timeOf(ms) : String(ms);
  }

  edit(...rules: ReadonlyArray<AlertRule>): void {
    this.rules = rules;
    this.evaluator = new ScriptedEvaluator();
    this.engine.reload([{ name: "sales", rules }], [this.evaluator]);
  }

  restart(generation = "g1", ...rules: ReadonlyArray<AlertRule>): void {
    if (rules.length > 0) this.rules = rules;
    this.book = new AlertBook();
    this.book.apply({ name: "alerts-claimed", record: { epoch: 1, owner: "a", generation: "g1", claimed_at: dayMs } });
    for (const record of this.records) this.book.apply({ name: "alert-changed", record });
    this.book.apply({ name: "alerts-claimed", record: { epoch: 2, owner: "b", generation, claimed_at: dayMs } });
    this.evaluator = new ScriptedEvaluator();
    this.engine = this.opened(generation);
  }

  private opened(generation: string): RuleSetEngine {
    const { book, evaluator } = this;
    const ruleSets = [{ name: "sales", rules: this.rules }];
    return new RuleSetEngine({ book, ruleSets, evaluators: [evaluator], epoch: Math.max(1, book.epoch), generation });
  }
}
