import type { Converter } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import { forecastMetric, type PlanEvent, type PlanRules, planEventOf } from "./plan-event.ts";
import type { PlanRow, RejectedRow } from "./plan-file.ts";
import type { PlanLine } from "./plan-line.ts";

/** What a file changes in the plan that stands. */
export interface PlanChanges {
  /** To append, in the order of the file. */
  readonly events: ReadonlyArray<PlanEvent>;
  /** Of them: for what nothing stood, and in place of another value. */
  readonly added: number;
  readonly corrected: number;
  /** Rows that say what stands already. */
  readonly unchanged: number;
  readonly rejected: ReadonlyArray<RejectedRow>;
}

const subjectOf = (event: PlanEvent): string => (event.type === "target-set" ? event.metric : forecastMetric);

const keyOf = (metric: string, scope: string, period: string): string => JSON.stringify([metric, scope, period]);

/** The plan as it stands: for each metric, scope and period what counts, and what was set when. */
class Standing {
  readonly #counting = new Map<string, PlanLine>();
  readonly #setAt = new Map<string, PlanLine>();

  constructor(lines: ReadonlyArray<PlanLine>) {
    for (const line of lines) {
      const key = keyOf(line.metric, line.scope, line.period);
      if (line.counts) this.#counting.set(key, line);
      this.#setAt.set(`${key}${Date.parse(line.set_at)}`, line);
    }
  }

  /** What a row is held against: what was set at its own time, else what counts. */
  against(key: string, atMs: number, timed: boolean): PlanLine | undefined {
    return timed ? this.#setAt.get(`${key}${atMs}`) : this.#counting.get(key);
  }

  has(key: string): boolean {
    return this.#counting.has(key);
  }
}

/**
 * Compares a file with the plan that stands, so that the same file again changes nothing. A row that says another value
 * is a correction: the former value stays in the log, and can be seen with `targets list --all`.
 */
export const planChanges = (
  rows: ReadonlyArray<PlanRow>,
  standingLines: ReadonlyArray<PlanLine>,
  rules: PlanRules,
  converter: Pick<Converter, "convert">,
): PlanChanges => {
  const standing = new Standing(standingLines);
  const seen = new Map<string, number>();
  const events: PlanEvent[] = [];
  const rejected: RejectedRow[] = [];
  let [added, corrected, unchanged] = [0, 0, 0];
  const valueStated = (event: PlanEvent): number | undefined =>
    event.type === "target-set"
      ? event.value
      : converter.convert(event.amount_minor, event.currency, event.occurred_at);
  for (const row of rows) {
    const event = planEventOf(row, rules);
    if (isLeft(event)) {
      rejected.push({ line: row.line, why: event.left });
      continue;
    }
    const { event_id, scope, period, occurred_at } = event.right;
    const before = seen.get(event_id);
    seen.set(event_id, before ?? row.line);
    if (before !== undefined) {
      const why = `it is for the same metric, scope and period as line ${before}: expected one of them, or another set_at.`;
      rejected.push({ line: row.line, why });
      continue;
    }
    const key = keyOf(subjectOf(event.right), scope, period);
    if (standing.against(key, occurred_at, row.set_at !== "")?.value === valueStated(event.right)) {
      unchanged += 1;
      continue;
    }
    events.push(event.right);
    if (standing.has(key)) corrected += 1;
    else added += 1;
  }
  return { events, added, corrected, unchanged, rejected };
};
