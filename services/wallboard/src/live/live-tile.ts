import { type CheckedQuestion, type KpiAnswer, type Language, measuresOf, rollingHours } from "@leadwire/kpis";
import type { LiveChange, LiveView } from "@leadwire/stream";
import type { BoardTile } from "../board-source.ts";
import { boardTexts } from "./board-texts.ts";
import { type BoardTime, stretchesTo } from "./board-time.ts";
import { ChangedSince } from "./changed-since.ts";
import { courseWords, type TileSpec, windowWords } from "./tile-spec.ts";

const hourMs = 3_600_000;

/** What tiles ask. */
export type Asked = Pick<LiveView, "askChecked" | "plan" | "state">;

/** The only answer to a question without dimensions; undefined where slices do not give it. */
const askOne = (view: Asked, question: CheckedQuestion): KpiAnswer | undefined => {
  const answer = view.askChecked(question);
  return answer._tag === "Left" ? undefined : answer.right[0];
};

const between = (question: CheckedQuestion, fromMs: number, toMs: number, atMs: number): CheckedQuestion => ({
  ...question,
  window: { _tag: "Range", from: { _tag: "Instant", ms: fromMs }, to: { _tag: "Instant", ms: toMs } },
  atMs,
});

/** Why there is no number, in the words of the page; undefined where the answer's own flags say it. */
const reasonOf = (answer: KpiAnswer | undefined, isGrowth: boolean): string | undefined => {
  if (answer === undefined) return "not_served";
  if (answer.value !== null || answer.flags.includes("no_activity_data")) return undefined;
  if (isGrowth) return "prior_zero";
  return answer.denominator === 0 ? "zero_denominator" : "no_data";
};

/** One tile of a live board: remembers what it showed, and asks again only for what changed. */
export class LiveTile {
  private readonly view: Asked;
  private readonly spec: TileSpec;
  private readonly question: CheckedQuestion;
  private readonly isLevel: boolean;
  private readonly isGrowth: boolean;
  private readonly changed: ChangedSince;
  private readonly words: Pick<
    BoardTile,
    "id" | "metric" | "window" | "title" | "windowText" | "priorText" | "sparklineText"
  >;
  private readonly countText: string | undefined;
  private readonly points = new Map<number, number | null>();
  private tile: BoardTile | undefined;
  private edgeMs = Number.NaN;

  /** Throws where the catalogue does not have the metric: a fault of the board's own list. */
  constructor(view: Asked, spec: TileSpec, language: Language) {
    const window = spec.window === "now" ? "all" : spec.window;
    const checked = view.state.check({ metric: spec.metric, window, atMs: 0 });
    if (checked._tag === "Left") throw new Error(`the board's tile ${spec.metric}: ${checked.left.message}`);
    const { metric, statistic, statisticName } = checked.right;
    const measures = measuresOf(statistic.formula);
    const texts = boardTexts(language);
    const [windowText, priorText] = windowWords(spec.window, texts);
    const which = texts.statistics[statisticName];
    const title = metric.texts[language][0];
    this.view = view;
    this.spec = spec;
    this.question = checked.right;
    this.isLevel = measures.some(({ level }) => level);
    this.isGrowth = statistic.formula._tag === "Growth";
    this.changed = new ChangedSince(
      measures.map(({ id }) => id),
      spec.course.unit,
    );
    this.countText = texts.counted[metric.id];
    this.words = {
      id: `${spec.metric}.${spec.window}`,
      metric: spec.metric,
      window,
      title: which === undefined ? title : `${title}, ${which}`,
      windowText,
      priorText,
      sparklineText: courseWords(spec.course, texts),
    };
  }

  note(change: LiveChange): void {
    this.changed.note(change);
  }

  /** The tile at that time; the same object as long as nothing in it can have changed. */
  at(time: BoardTime): BoardTile {
    if (this.tile !== undefined && !this.changed.any && this.edgeMs === time.edgeMs) return this.tile;
    const changedFromMs = this.changed.take();
    for (const toMs of this.points.keys()) if (toMs > changedFromMs) this.points.delete(toMs);
    this.edgeMs = time.edgeMs;
    const answer = this.current(time);
    const value = answer?.value ?? null;
    this.tile = {
      ...this.words,
      value,
      unit: this.question.statistic.unit,
      ...(answer?.currency === undefined ? {} : { currency: answer.currency }),
      ...this.basisOf(answer),
      prior: this.prior(time),
      better: this.question.metric.better,
      sparkline: this.sparkline(time, value),
      flags: [...[reasonOf(answer, this.isGrowth) ?? []].flat(), ...(answer?.flags ?? [])],
    };
    return this.tile;
  }

  private current({ edgeMs, laterMs }: BoardTime): KpiAnswer | undefined {
    // A cohort is not to be had before an event that is ahead of our clock: it is read behind it.
    for (const atMs of [edgeMs, ...laterMs]) {
      const answer = askOne(this.view, { ...this.question, atMs: this.isLevel ? atMs : atMs - 1 });
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  private prior({ edgeMs, laterMs, weekAgoMs }: BoardTime): number | null {
    if (this.isLevel) return askOne(this.view, { ...this.question, atMs: weekAgoMs })?.value ?? null;
    // Where minutes of so long ago are not kept, the elapsed part is that up to the end of the running hour.
    for (const at of [edgeMs, ...laterMs]) {
      const { prior } = this.view.plan({ ...this.question, atMs: at - 1 }).window;
      if (prior === null || prior.fromMs === null || prior.toMs === null) return null;
      const answer = askOne(this.view, between(this.question, prior.fromMs, prior.toMs, prior.atMs));
      if (answer !== undefined) return answer.value;
    }
    return null;
  }

  private sparkline(time: BoardTime, value: number | null): ReadonlyArray<number | null> {
    const { course } = this.spec;
    const { edgeMs } = time;
    const stretches = stretchesTo(edgeMs, course, this.view.state.calendar);
    const oldestMs = stretches[0]?.toMs ?? edgeMs;
    for (const toMs of this.points.keys()) if (toMs < oldestMs) this.points.delete(toMs);
    return stretches.map(({ fromMs, toMs }) => {
      const isRunning = toMs === edgeMs;
      if (isRunning && course.kind === "as_of") return value;
      const known = isRunning ? undefined : this.points.get(toMs);
      if (known !== undefined) return known;
      const answer = this.point(fromMs, toMs, time);
      if (answer === undefined) return null;
      if (!isRunning) this.points.set(toMs, answer.value);
      return answer.value;
    });
  }

  private point(fromMs: number, toMs: number, { edgeMs, laterMs }: BoardTime): KpiAnswer | undefined {
    if (this.isLevel) return askOne(this.view, { ...this.question, atMs: toMs });
    const { window, course } = this.spec;
    const asOf = course.kind === "as_of" && window !== "day" && window !== "month" && window !== "now";
    const startMs = asOf ? toMs - rollingHours[window] * hourMs : fromMs;
    for (const atMs of [edgeMs, ...laterMs]) {
      const answer = askOne(this.view, between(this.question, startMs, toMs, atMs - 1));
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** Both parts of a share; of everything else how many facts it rests on, where that can be said in words. */
  private basisOf(answer: KpiAnswer | undefined): Pick<BoardTile, "numerator" | "denominator" | "count" | "countText"> {
    if (answer === undefined) return {};
    const { numerator, denominator } = answer;
    if (answer.unit === "ratio" && !this.isGrowth) {
      return numerator === undefined || denominator === undefined ? {} : { numerator, denominator };
    }
    const count = answer.count ?? denominator;
    return count === undefined || this.countText === undefined ? {} : { count, countText: this.countText };
  }
}
