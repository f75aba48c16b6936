import {
  answerKpi,
  type CheckedQuestion,
  type Comparison,
  checkQuestion,
  type KpiAnswer,
  type KpiPlan,
  measuresOf,
  measuresOfStatistic,
  planCompared,
} from "@leadwire/kpis";
import type { MetricChoice } from "../board/board-definition.ts";
import type { BoardTime, Stretch } from "./board-time.ts";
import type { TileContext } from "./tile-source.ts";

/** What slices answer, group by group; undefined where they do not. */
export type Answers = ReadonlyArray<KpiAnswer> | undefined;

/** A level's window on a board: it is read at an instant. */
const levelWindow = "now";

/**
 * What a tile asks, as it is asked of slices at the end of the running minute: everything known before that edge counts,
 * so the numbers are those of `npx leadwire kpi … --at` that instant. Levels are read at the edge, the rest a millisecond
 * before it. Where slices have no such edge (a cohort before an event ahead of our clock, minutes of long ago) the end
 * of the running hour is taken, or of the next.
 */
export class MetricQuestion {
  /** As facts are asked. */
  readonly checked: CheckedQuestion;
  readonly isLevel: boolean;
  readonly isGrowth: boolean;
  /** A plain sum or count, which adds up over time and groups. */
  readonly isTotal: boolean;
  /** The measures that a change of which changes the answer. */
  readonly measures: ReadonlyArray<string>;
  private readonly context: TileContext;
  /** As slices are asked: a filter is the group of its dimension; undefined where they have no such groups. */
  private readonly sliced: CheckedQuestion | undefined;
  private readonly group: string | undefined;

  /** Throws where the catalogue cannot be asked this: boards are checked before. */
  constructor(asked: MetricChoice, by: ReadonlyArray<string>, context: TileContext) {
    const window = asked.window === levelWindow ? "all" : asked.window;
    const question = { metric: asked.metric, window, atMs: 0, by, where: asked.where };
    const checked = checkQuestion(question, context.catalogue);
    if (checked._tag === "Left") throw new Error(`a tile asks ${asked.metric}: ${checked.left.message}`);
    this.context = context;
    this.checked = checked.right;
    const { formula } = this.checked.statistic;
    this.isLevel = measuresOf(formula).length > 0 && measuresOf(formula).every(({ level }) => level);
    this.isGrowth = formula._tag === "Growth";
    this.isTotal = formula._tag === "Total" && !this.isLevel;
    this.measures = measuresOfStatistic(this.checked.statistic).map(({ id }) => id);
    const [filter] = this.checked.where;
    if (filter === undefined) this.sliced = this.checked;
    else if (this.checked.where.length === 1 && this.checked.by.length === 0) {
      const [dimension, value] = filter;
      this.sliced = { ...this.checked, by: [{ name: dimension, dimension }], where: [] };
      this.group = value;
    }
  }

  /** The instant at which an edge's answer is asked for. */
  atOf(edgeMs: number): number {
    return this.isLevel ? edgeMs : edgeMs - 1;
  }

  /** The question as facts are asked it at the end of the running minute. */
  atTime({ edgeMs }: BoardTime): CheckedQuestion {
    return { ...this.checked, atMs: this.atOf(edgeMs) };
  }

  /** The tile's own window. */
  current(time: BoardTime): Answers {
    return this.first(time, (sliced, edgeMs) => this.asked(sliced, this.atOf(edgeMs)));
  }

  /**
   * The same over the window that it is compared with: null where there is none. A level is compared with a week or a
   * year before.
   */
  compared(time: BoardTime, comparison: Comparison): Answers | null {
    const { view, workspace } = this.context;
    if (this.isLevel) {
      const atMs = comparison === "prior" ? time.weekAgoMs : time.yearAgoMs;
      return this.sliced && this.asked(this.sliced, atMs);
    }
    let hasWindow = true;
    const found = this.first(time, (sliced, edgeMs) => {
      const own = view.plan({ ...sliced, compare: comparison, atMs: edgeMs - 1 });
      const other = planCompared(own, view.state.calendar, workspace);
      hasWindow = other !== null;
      return other === null ? undefined : this.answered(other);
    });
    return hasWindow ? found : null;
  }

  /** One stretch of a course: a level as it stood at its end. */
  over({ fromMs, toMs }: Stretch, time: BoardTime): Answers {
    if (this.isLevel) return this.sliced && this.asked(this.sliced, toMs);
    return this.first(time, (sliced, edgeMs) => this.asked({ ...sliced, window: range(fromMs, toMs) }, edgeMs - 1));
  }

  /** The same as facts are asked it. */
  overAsked({ fromMs, toMs }: Stretch, { edgeMs }: BoardTime): CheckedQuestion {
    if (this.isLevel) return { ...this.checked, atMs: toMs };
    return { ...this.checked, window: range(fromMs, toMs), atMs: edgeMs - 1 };
  }

  private first(time: BoardTime, ask: (sliced: CheckedQuestion, edgeMs: number) => Answers): Answers {
    if (this.sliced === undefined) return undefined;
    for (const edgeMs of [time.edgeMs, ...time.laterMs]) {
      const answers = ask(this.sliced, edgeMs);
      if (answers !== undefined) return answers;
    }
    return undefined;
  }

  private asked(question: CheckedQuestion, atMs: number): Answers {
    return this.answered(this.context.view.plan({ ...question, atMs }));
  }

  private answered(plan: KpiPlan): Answers {
    const answer = this.context.view.answer(plan);
    if (answer._tag === "Left") return undefined;
    if (this.group === undefined) return answer.right;
    const [{ dimension = "" } = {}] = plan.question.by;
    const own = answer.right.find(({ group }) => group[dimension] === this.group);
    return own === undefined ? this.nothingOf(plan) : [{ ...own, group: {} }];
  }

  /** What facts answer of a filter that nothing passes. */
  private nothingOf(plan: KpiPlan): Answers {
    const { view, workspace } = this.context;
    const { completeThroughMs } = view.freshness();
    const meta = { currency: workspace.currency, completeThroughMs, hasActivity: view.state.hasActivity };
    return answerKpi({ ...plan, question: { ...plan.question, by: [] } }, [], meta);
  }
}

const range = (fromMs: number, toMs: number): CheckedQuestion["window"] => ({
  _tag: "Range",
  from: { _tag: "Instant", ms: fromMs },
  to: { _tag: "Instant", ms: toMs },
});
