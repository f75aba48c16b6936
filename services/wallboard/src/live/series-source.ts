import type { LiveChange } from "@leadwire/stream";
import type { CourseTile } from "../board/board-definition.ts";
import type { SeriesData, TileData } from "../board/tile-data.ts";
import { isHeard } from "./asked-number.ts";
import { AskedPoints } from "./asked-points.ts";
import { AskedTile } from "./asked-tile.ts";
import { type BoardTime, boardTimeAt, type Stretch, stretchesTo } from "./board-time.ts";
import { ChangedSince } from "./changed-since.ts";
import { emptyData, unitOf } from "./empty-data.ts";
import { MetricQuestion } from "./metric-question.ts";
import { Points } from "./points.ts";
import { type GroupValues, groupValues, seriesOf } from "./series-groups.ts";
import type { LiveTileSource, TileContext } from "./tile-source.ts";

/** A line or bars over time: points that are over are remembered, the running one is asked with every change. */
class SeriesSource implements LiveTileSource {
  readonly definition: CourseTile;
  private readonly context: TileContext;
  private readonly question: MetricQuestion;
  private readonly changed: ChangedSince;
  private readonly points = new Points<GroupValues>();
  private readonly askedPoints: AskedPoints<GroupValues>;
  private readonly asked: AskedTile<TileData> | undefined;
  private readonly unserved: TileData;
  private data: SeriesData | undefined;
  private edgeMs = Number.NaN;
  private isServed = true;

  constructor(definition: CourseTile, context: TileContext) {
    const { metric, where, by } = definition;
    const question = new MetricQuestion({ metric, where, window: "all" }, by === undefined ? [] : [by], context);
    const unit = definition.unit === "hour" ? "hour" : "day";
    this.definition = definition;
    this.context = context;
    this.question = question;
    this.changed = new ChangedSince(question.measures, unit);
    this.askedPoints = new AskedPoints(question.measures, unit, isHeard(question));
    this.unserved = { ...emptyData(definition, context), reason: "not_served" };
    if (context.askFacts !== undefined)
      this.asked = new AskedTile(definition, context, (nowMs) => this.ask(nowMs), emptyData(definition, context));
  }

  note(change: LiveChange): void {
    this.changed.note(change);
    this.askedPoints.note(change);
  }

  at(nowMs: number): TileData {
    const time = boardTimeAt(nowMs, this.context.view.state.calendar);
    if (this.changed.any || this.edgeMs !== time.edgeMs) {
      this.points.forget(this.changed.take());
      this.edgeMs = time.edgeMs;
      this.data = this.live(time);
      this.isServed = this.data !== undefined;
    }
    return this.data ?? this.asked?.at(nowMs) ?? this.unserved;
  }

  dueMs(): number {
    return this.isServed || this.asked === undefined ? Number.POSITIVE_INFINITY : this.asked.dueMs();
  }

  end(): void {
    this.asked?.end();
  }

  /** Undefined where slices do not serve the running point: they serve no other, then. */
  private live(time: BoardTime): SeriesData | undefined {
    const stretches = this.stretchesAt(time);
    let isServed = true;
    const points = this.points.read(stretches, time.edgeMs, (stretch) => {
      const answers = this.question.over(stretch, time);
      if (answers === undefined && stretch.toMs === time.edgeMs) isServed = false;
      return answers && groupValues(answers);
    });
    return isServed ? this.dataOf(stretches, points) : undefined;
  }

  private async ask(nowMs: number): Promise<TileData> {
    const { askFacts, view } = this.context;
    if (askFacts === undefined) throw new Error("facts cannot be asked");
    const time = boardTimeAt(nowMs, view.state.calendar);
    const stretches = this.stretchesAt(time);
    const points = await this.askedPoints.at(stretches, time.edgeMs, async (stretch) =>
      groupValues(await askFacts(this.question.overAsked(stretch, time))),
    );
    return this.dataOf(stretches, points);
  }

  private stretchesAt({ edgeMs }: BoardTime): ReadonlyArray<Stretch> {
    const { unit, points } = this.definition;
    return stretchesTo(edgeMs, unit, points, this.context.view.state.calendar, this.context.workspace);
  }

  private dataOf(stretches: ReadonlyArray<Stretch>, points: ReadonlyArray<GroupValues | undefined>): SeriesData {
    const { id, type, metric, by } = this.definition;
    const addsUp = this.question.checked.statistic.formula._tag === "Total";
    const single = [{ name: "", values: points.map((point) => point?.get("") ?? null) }];
    return {
      id,
      type,
      changedAtMs: null,
      source: "live",
      flags: [],
      ...unitOf(metric, this.context),
      startsMs: stretches.map(({ fromMs }) => fromMs),
      addsUp,
      series: by === undefined ? single : seriesOf(points, addsUp),
    };
  }
}

export const seriesSource = (definition: CourseTile, context: TileContext): LiveTileSource =>
  new SeriesSource(definition, context);
