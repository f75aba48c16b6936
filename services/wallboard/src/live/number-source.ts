import type { Comparison, KpiAnswer } from "@leadwire/kpis";
import type { LiveChange } from "@leadwire/stream";
import type { GaugeTile, NumberTile } from "../board/board-definition.ts";
import type { NumberData, TileData } from "../board/tile-data.ts";
import { Asked } from "./asked.ts";
import { askedNumber } from "./asked-number.ts";
import { AskedTile } from "./asked-tile.ts";
import { type BoardTime, boardTimeAt } from "./board-time.ts";
import { ChangedSince } from "./changed-since.ts";
import { emptyData } from "./empty-data.ts";
import { MetricQuestion } from "./metric-question.ts";
import { type NumberCourse, numberCourse } from "./number-course.ts";
import { type NumberParts, numberData } from "./number-data.ts";
import { Points } from "./points.ts";
import type { LiveTileSource, TileContext } from "./tile-source.ts";
import { type Targets, TileTargets, targetState } from "./tile-target.ts";

/** A number or gauge: asks slices again only for what has changed, and facts where slices do not have it. */
class NumberSource implements LiveTileSource {
  readonly definition: NumberTile | GaugeTile;
  private readonly context: TileContext;
  private readonly question: MetricQuestion;
  private readonly comparison: Comparison | undefined;
  private readonly course: NumberCourse | undefined;
  private readonly targets: TileTargets;
  private readonly changed: ChangedSince;
  private readonly points = new Points<number | null>();
  /** Where slices have the number but not what it is compared with. */
  private readonly comparedAsked: Asked<number | null> | undefined;
  private readonly asked: AskedTile<TileData> | undefined;
  private readonly unserved: TileData;
  private readonly noteAsked: ((change: LiveChange) => void) | undefined;
  private isServed = true;
  private isComparedServed = true;
  private data: NumberData | undefined;
  private edgeMs = Number.NaN;
  private targetsOf: Targets | undefined;
  private comparedOf: number | null | undefined;

  constructor(definition: NumberTile | GaugeTile, context: TileContext) {
    const question = new MetricQuestion(definition, [], context);
    const compare = definition.type === "number" ? definition.compare : "none";
    this.definition = definition;
    this.context = context;
    this.question = question;
    this.comparison = compare === "none" ? undefined : compare;
    this.course = definition.type === "number" ? numberCourse(definition.course, question, context) : undefined;
    this.targets = new TileTargets(definition.target, question, context);
    this.changed = new ChangedSince(question.measures, this.course?.unit ?? "day");
    this.unserved = { ...emptyData(definition, context), reason: "not_served" };
    const { askFacts } = context;
    if (askFacts === undefined) return;
    const number = askedNumber({
      definition,
      question,
      context,
      askFacts,
      comparison: this.comparison,
      course: this.course,
    });
    this.noteAsked = number.note;
    const ask = (nowMs: number): Promise<TileData> => number.ask(nowMs, this.targets.at(nowMs).get(""));
    this.asked = new AskedTile(definition, context, ask, emptyData(definition, context));
    const { comparison } = this;
    if (comparison !== undefined)
      this.comparedAsked = new Asked((nowMs) => number.compared(nowMs, comparison), context.changed);
  }

  note(change: LiveChange): void {
    this.changed.note(change);
    this.noteAsked?.(change);
  }

  at(nowMs: number): TileData {
    const time = boardTimeAt(nowMs, this.context.view.state.calendar);
    const targets = this.targets.at(nowMs);
    const compared = this.isComparedServed ? undefined : this.comparedAsked?.at(nowMs)?.value;
    const isSame = targets === this.targetsOf && compared === this.comparedOf && time.edgeMs === this.edgeMs;
    if (!isSame || this.changed.any || this.data === undefined) {
      this.points.forget(this.changed.take());
      [this.targetsOf, this.comparedOf, this.edgeMs] = [targets, compared, time.edgeMs];
      this.data = this.live(time, targets, compared ?? null);
      this.isServed = this.data !== undefined;
    }
    return this.data ?? this.asked?.at(nowMs) ?? this.unserved;
  }

  dueMs(): number {
    const compared = this.isComparedServed ? undefined : this.comparedAsked?.dueMs;
    const asked = this.isServed ? undefined : this.asked?.dueMs();
    const never = Number.POSITIVE_INFINITY;
    return Math.min(this.targets.dueMs(), compared ?? never, asked ?? never);
  }

  end(): void {
    this.targets.end();
    this.comparedAsked?.end();
    this.asked?.end();
  }

  private live(time: BoardTime, targets: Targets, comparedAsked: number | null): NumberData | undefined {
    const { question, definition } = this;
    const [answer] = question.current(time) ?? [];
    if (answer === undefined) return undefined;
    return numberData(definition, question, {
      answer,
      compared: this.compared(time, comparedAsked),
      target: this.target(time, targets, answer),
      course: this.courseOf(time, answer),
    });
  }

  private target(time: BoardTime, targets: Targets, { value }: KpiAnswer): NumberParts["target"] {
    const { question, context } = this;
    const target = targets.get("");
    if (target === undefined) return this.targets.isAsking ? "asking" : undefined;
    return targetState(value, target, context.view.plan(question.atTime(time)), question.isTotal);
  }

  private compared(time: BoardTime, asked: number | null): number | null | undefined {
    if (this.comparison === undefined) return undefined;
    const answers = this.question.compared(time, this.comparison);
    this.isComparedServed = answers !== undefined;
    return answers === undefined ? asked : (answers?.[0]?.value ?? null);
  }

  private courseOf(time: BoardTime, { value }: KpiAnswer): ReadonlyArray<number | null> | undefined {
    const { course, question } = this;
    if (course === undefined) return undefined;
    const points = this.points.read(course.stretches(time), time.edgeMs, (stretch) => {
      if (stretch.toMs === time.edgeMs && course.endsWithValue) return value;
      const answers = question.over(course.windowOf(stretch), time);
      return answers === undefined ? undefined : (answers[0]?.value ?? null);
    });
    return points.map((point) => point ?? null);
  }
}

export const numberSource = (definition: NumberTile | GaugeTile, context: TileContext): LiveTileSource =>
  new NumberSource(definition, context);
