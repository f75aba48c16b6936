import { defaultWorkspace, type FactRecord, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { type FactPart, plainFact } from "@leadwire/funnel/testing";
import {
  binOf,
  checkQuestion,
  isMeasured,
  type KpiQuestion,
  type Measure,
  placedAtMs,
  type SliceRecord,
  slicedByOf,
} from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { LiveState } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import type { AlertRule, Comparator, Level, ThresholdCondition } from "../rule/rule.ts";

export const workspace: Workspace = { ...defaultWorkspace, timeZone: "Europe/Bucharest", currency: "EUR" };

export const calendar = new ZoneCalendar(workspace.timeZone);

/** What a test states of a threshold rule: `{ metric: "new_leads", window: "1h", by: ["owner"] }`, below 3. */
export interface RulePart extends Pick<KpiQuestion, "metric" | "window" | "by" | "where"> {
  readonly id?: string;
  readonly comparator?: Comparator;
  readonly level?: Level | number;
  readonly resolve?: Level | number;
  readonly minimum?: number;
}

const levelOf = (level: Level | number): Level =>
  typeof level === "number" ? { _tag: "Number", value: level } : level;

/** A rule that holds a metric below a level, unless stated otherwise. */
export const thresholdRule = (part: RulePart): AlertRule & { readonly condition: ThresholdCondition } => {
  const { id = "r1", comparator = "<", level = 3, resolve = level, minimum = 0, ...asked } = part;
  const checked = checkQuestion({ ...asked, atMs: 0 }, catalogue);
  if (isLeft(checked)) throw new Error(checked.left.message);
  const { by = [], where = [], window } = part;
  return {
    ruleSet: "sales",
    id,
    version: "1",
    when: id,
    condition: {
      _tag: "Threshold",
      question: checked.right,
      window,
      by,
      where,
      comparator,
      level: levelOf(level),
      resolveLevel: levelOf(resolve),
      minimumCount: minimum,
    },
    forMs: 0,
    keepFiringForMs: 0,
    severity: "warning",
    labels: {},
    summary: "",
    escalation: [],
    file: "alerts/sales.yaml",
    line: 1,
  };
};

interface Cell extends SliceRecord {
  count: number;
  sum: number;
  version: number;
}

const summed = ({ value }: Measure, fact: FactRecord): number => {
  if (value === "none") return 0;
  if (value === "unitsMilli") return Math.round(fact.units * 1000);
  return fact[value] ?? 0;
};

/** Facts, and a live view of the slices that tasks would make of them. */
export class ThresholdWorld {
  readonly facts: Array<FactRecord> = [];
  readonly live: LiveState;
  private readonly cells = new Map<string, Cell>();
  private version = 0;

  constructor(nowMs: number) {
    this.live = new LiveState({ workspace, catalogue, tasks: [] });
    this.live.slices.advance(nowMs);
    this.live.noteActivity();
    this.live.takeChange();
  }

  /** A new fact, of which only what matters is stated. */
  add(part: Omit<FactPart, "factId">): void {
    const { durationMs = null, businessMs = null } = part;
    const fact = plainFact({
      ...part,
      factId: `${this.facts.length}`,
      bin: durationMs === null ? (part.bin ?? null) : binOf(durationMs),
      businessBin: businessMs === null ? null : binOf(businessMs),
    });
    this.facts.push(fact);
    this.tell(fact, 1);
  }

  /** Takes a fact back. */
  remove(fact: FactRecord): void {
    this.facts.splice(this.facts.indexOf(fact), 1);
    this.tell(fact, -1);
  }

  private tell(fact: FactRecord, sign: 1 | -1): void {
    const changed: Array<SliceRecord> = [];
    for (const measure of catalogue.measures) {
      if (!isMeasured(measure, fact)) continue;
      const bin = measure.binned ? (measure.value === "businessMs" ? fact.businessBin : fact.bin) : null;
      const placedMs = placedAtMs(measure, fact) ?? fact.atMs;
      for (const dimension of ["company", ...(slicedByOf(measure) ?? [])] as const) {
        if (slicedByOf(measure) === undefined) continue;
        const value = dimension === "company" ? "" : fact.dimensions[dimension];
        for (const [granularity, startMs] of [
          ["minute", calendar.minuteStartMs(placedMs)],
          ["hour", calendar.localHourStartMs(placedMs)],
          ["day", calendar.dayStartOf(placedMs)],
        ] as const) {
          const key = JSON.stringify([measure.id, dimension, value, granularity, startMs, bin]);
          const origin = "funnel";
          const named = { measure: measure.id, dimension, value, granularity, startMs, bin, origin, partition: 0 };
          const cell = this.cells.get(key) ?? { ...named, count: 0, sum: 0, version: 0 };
          this.version += 1;
          cell.version = this.version;
          cell.count += sign * fact.count;
          cell.sum += sign * summed(measure, fact);
          this.cells.set(key, cell);
          changed.push({ ...cell });
        }
      }
    }
    this.live.applySlices(changed);
  }
}
