import type { CheckedQuestion, KpiAnswer } from "@leadwire/kpis";
import type { LiveChange } from "@leadwire/stream";
import type { TileData } from "../board/tile-data.ts";
import { AskedTile } from "./asked-tile.ts";
import { type BoardTime, boardTimeAt } from "./board-time.ts";
import { ChangedSince } from "./changed-since.ts";
import type { Answers, MetricQuestion } from "./metric-question.ts";
import type { LiveTileSource, TileContext } from "./tile-source.ts";

/** One of the questions that a tile is made of: as slices are asked it, and as facts are. */
export interface TileReading {
  readonly measures: ReadonlyArray<string>;
  readonly read: (time: BoardTime) => Answers;
  readonly ask: (time: BoardTime) => CheckedQuestion;
}

/** A question over its own window. */
export const readingOf = (question: MetricQuestion): TileReading => ({
  measures: question.measures,
  read: (time) => question.current(time),
  ask: (time) => question.atTime(time),
});

/** What the questions were answered, in their order. */
export type TileAnswers = ReadonlyArray<ReadonlyArray<KpiAnswer>>;

/** How a tile is made of the answers to several questions. */
export interface QuestionsTileTerms<Data extends TileData> {
  readonly readings: ReadonlyArray<TileReading>;
  readonly dataOf: (answers: TileAnswers) => Data;
  /** Before the first answer, or where there is none. */
  readonly empty: Data;
}

/**
 * A tile made of several questions: of slices at every change where they answer all of them, else of facts. Never of
 * both at once, so that its numbers fit together.
 */
export class QuestionsTile<Data extends TileData> implements LiveTileSource {
  readonly definition: LiveTileSource["definition"];
  private readonly context: TileContext;
  private readonly terms: QuestionsTileTerms<Data>;
  private readonly changed: ChangedSince;
  private asked: AskedTile<Data> | undefined;
  private data: Data | undefined;
  private edgeMs = Number.NaN;

  constructor(definition: LiveTileSource["definition"], context: TileContext, terms: QuestionsTileTerms<Data>) {
    this.definition = definition;
    this.context = context;
    this.terms = terms;
    this.changed = new ChangedSince(new Set(terms.readings.flatMap(({ measures }) => measures)), "day");
  }

  note(change: LiveChange): void {
    this.changed.note(change);
  }

  at(nowMs: number): Data {
    const time = boardTimeAt(nowMs, this.context.view.state.calendar);
    if (this.changed.any || this.edgeMs !== time.edgeMs) {
      this.changed.take();
      this.edgeMs = time.edgeMs;
      const answers = this.read(time);
      this.data = answers === undefined ? undefined : this.terms.dataOf(answers);
    }
    return this.data ?? this.ofFacts(nowMs);
  }

  dueMs(): number {
    return this.data === undefined && this.asked !== undefined ? this.asked.dueMs() : Number.POSITIVE_INFINITY;
  }

  end(): void {
    this.asked?.end();
  }

  private read(time: BoardTime): TileAnswers | undefined {
    const found: Array<ReadonlyArray<KpiAnswer>> = [];
    for (const { read } of this.terms.readings) {
      const answers = read(time);
      if (answers === undefined) return undefined;
      found.push(answers);
    }
    return found;
  }

  private ofFacts(nowMs: number): Data {
    const { askFacts, view } = this.context;
    const { readings, dataOf, empty } = this.terms;
    if (askFacts === undefined) {
      this.data = { ...empty, reason: "not_served" };
      return this.data;
    }
    this.asked ??= new AskedTile(
      this.definition,
      this.context,
      async (atMs) => {
        const time = boardTimeAt(atMs, view.state.calendar);
        return dataOf(await Promise.all(readings.map(({ ask }) => askFacts(ask(time)))));
      },
      empty,
    );
    return this.asked.at(nowMs);
  }
}

/** The flags of several answers, each once. */
export const flagsOf = (answers: TileAnswers): ReadonlyArray<string> => [
  ...new Set(answers.flatMap((each) => each.flatMap(({ flags }) => flags))),
];
