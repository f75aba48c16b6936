import { divide, type KpiAnswer, type KpiPlan } from "@leadwire/kpis";
import type { TileTarget } from "../board/board-definition.ts";
import type { TargetState } from "../board/tile-data.ts";
import { Asked } from "./asked.ts";
import { boardTimeAt } from "./board-time.ts";
import type { MetricQuestion } from "./metric-question.ts";
import type { TileContext } from "./tile-source.ts";

/** Targets by group; the company's under "". */
export type Targets = ReadonlyMap<string, number>;

const none: Targets = new Map();

/** What was asked for a period stands for that period alone. */
interface PlannedTargets {
  readonly period: string;
  readonly targets: Targets;
}

const nameOf = ({ group }: KpiAnswer): string => Object.values(group)[0] ?? "";

/** What the tile's numbers are held against: a number of its own, or the plan, which facts have. */
export class TileTargets {
  private readonly context: TileContext;
  private readonly question: MetricQuestion;
  private readonly own: Targets;
  private readonly planned: Asked<PlannedTargets> | undefined;

  constructor(target: TileTarget | undefined, question: MetricQuestion, context: TileContext) {
    this.context = context;
    this.question = question;
    this.own = typeof target === "number" ? new Map([["", target]]) : none;
    const { askFacts } = context;
    if (target !== "plan" || askFacts === undefined) return;
    const ask = async (nowMs: number): Promise<PlannedTargets> => {
      const asked = question.atTime(boardTimeAt(nowMs, context.view.state.calendar));
      const answers = await askFacts(asked);
      const targets = answers.flatMap((answer) =>
        answer.target === undefined ? [] : ([[nameOf(answer), answer.target]] as const),
      );
      return { period: this.periodOf(asked.atMs), targets: new Map(targets) };
    };
    this.planned = new Asked(ask, context.changed);
  }

  /** The same object until any of them changed hands; the target of the group is under its name, else under "". */
  at(nowMs: number): Targets {
    const last = this.planned?.at(nowMs);
    if (last === undefined) return this.own;
    const { edgeMs } = boardTimeAt(nowMs, this.context.view.state.calendar);
    return last.value.period === this.periodOf(edgeMs - 1) ? last.value.targets : none;
  }

  /** Whether the plan is being asked for the first time. */
  get isAsking(): boolean {
    return this.planned !== undefined && !this.planned.hasAnswered;
  }

  dueMs(): number {
    return this.planned?.dueMs ?? Number.POSITIVE_INFINITY;
  }

  end(): void {
    this.planned?.end();
  }

  private periodOf(atMs: number): string {
    return this.context.view.plan({ ...this.question.checked, atMs }).window.period?.text ?? "";
  }
}

/** Held against a target: only totals grow over their period, so only they have a pace. */
export const targetState = (value: number | null, target: number, plan: KpiPlan, isTotal: boolean): TargetState => {
  const share = isTotal ? plan.elapsed() : null;
  return {
    value: target,
    // Nothing can be a share of 0 or less.
    reached: value === null || target <= 0 ? null : value / target,
    pace: share === null ? null : divide(share.n, share.d),
  };
};
