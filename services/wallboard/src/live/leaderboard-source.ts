import type { KpiAnswer } from "@leadwire/kpis";
import type { LiveChange } from "@leadwire/stream";
import type { LeaderboardTile } from "../board/board-definition.ts";
import type { LeaderboardData, TileData } from "../board/tile-data.ts";
import { AskedTile } from "./asked-tile.ts";
import { boardTimeAt } from "./board-time.ts";
import { ChangedSince } from "./changed-since.ts";
import { emptyData, unitOf } from "./empty-data.ts";
import { MetricQuestion } from "./metric-question.ts";
import type { LiveTileSource, TileContext } from "./tile-source.ts";
import { type Targets, TileTargets } from "./tile-target.ts";

type Row = LeaderboardData["rows"][number];

/** The groups of one number, best first: the highest, or the lowest where less is better. */
class LeaderboardSource implements LiveTileSource {
  readonly definition: LeaderboardTile;
  private readonly context: TileContext;
  private readonly question: MetricQuestion;
  private readonly targets: TileTargets;
  private readonly changed: ChangedSince;
  private readonly asked: AskedTile<TileData> | undefined;
  private readonly unserved: TileData;
  private data: LeaderboardData | undefined;
  private edgeMs = Number.NaN;
  private targetsOf: Targets | undefined;
  private isServed = true;

  constructor(definition: LeaderboardTile, context: TileContext) {
    this.definition = definition;
    this.context = context;
    this.question = new MetricQuestion(definition, [definition.by], context);
    this.targets = new TileTargets(definition.target, this.question, context);
    this.changed = new ChangedSince(this.question.measures, "day");
    this.unserved = { ...emptyData(definition, context), reason: "not_served" };
    const { askFacts } = context;
    if (askFacts === undefined) return;
    const ask = async (nowMs: number): Promise<TileData> => {
      const answers = await askFacts(this.question.atTime(boardTimeAt(nowMs, context.view.state.calendar)));
      return this.dataOf(answers, this.targets.at(nowMs));
    };
    this.asked = new AskedTile(definition, context, ask, emptyData(definition, context));
  }

  note(change: LiveChange): void {
    this.changed.note(change);
  }

  at(nowMs: number): TileData {
    const time = boardTimeAt(nowMs, this.context.view.state.calendar);
    const targets = this.targets.at(nowMs);
    if (this.changed.any || this.edgeMs !== time.edgeMs || this.targetsOf !== targets) {
      this.changed.take();
      [this.edgeMs, this.targetsOf] = [time.edgeMs, targets];
      const answers = this.question.current(time);
      this.data = answers && this.dataOf(answers, targets);
      this.isServed = this.data !== undefined;
    }
    return this.data ?? this.asked?.at(nowMs) ?? this.unserved;
  }

  dueMs(): number {
    const asked = this.isServed || this.asked === undefined ? Number.POSITIVE_INFINITY : this.asked.dueMs();
    return Math.min(asked, this.targets.dueMs());
  }

  end(): void {
    this.targets.end();
    this.asked?.end();
  }

  private dataOf(answers: ReadonlyArray<KpiAnswer>, targets: Targets): LeaderboardData {
    const { id, type, metric, rows } = this.definition;
    const isLowBest = this.question.checked.metric.better === "lower";
    const found = answers.map((answer) => this.rowOf(answer, targets)).filter((row) => this.says(row));
    const order = (a: Row, b: Row): number =>
      (isLowBest ? -1 : 1) * ((b.value ?? 0) - (a.value ?? 0)) || (a.name < b.name ? -1 : 1);
    return {
      id,
      type,
      changedAtMs: null,
      source: "live",
      flags: [...new Set(answers.flatMap(({ flags }) => flags))],
      ...unitOf(metric, this.context),
      rows: found.sort(order).slice(0, rows),
    };
  }

  /** A group with nothing in it, such as one whose only sale was taken back, is no competitor. */
  private says({ value }: Row): boolean {
    return value !== null && (value !== 0 || !this.question.isTotal);
  }

  private rowOf({ group, value, count, denominator, target: planned }: KpiAnswer, targets: Targets): Row {
    const name = group[this.definition.by] ?? "";
    const { formula } = this.question.checked.statistic;
    const basis = formula._tag === "Ratio" && formula.denominator.take === "count" ? denominator : count;
    // Facts know the plan themselves; slices do not.
    const target = this.definition.target === "plan" ? (planned ?? targets.get(name)) : targets.get("");
    return {
      name,
      value,
      ...(basis === undefined || basis === value ? {} : { count: basis }),
      ...(target === undefined ? {} : { reached: value === null || target <= 0 ? null : value / target }),
    };
  }
}

export const leaderboardSource = (definition: LeaderboardTile, context: TileContext): LiveTileSource =>
  new LeaderboardSource(definition, context);
