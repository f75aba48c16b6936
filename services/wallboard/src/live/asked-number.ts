import { type CheckedQuestion, type Comparison, type KpiAnswer, measuresOfStatistic, slicedByOf } from "@leadwire/kpis";
import type { LiveChange } from "@leadwire/stream";
import type { GaugeTile, NumberTile } from "../board/board-definition.ts";
import type { NumberData } from "../board/tile-data.ts";
import { AskedPoints } from "./asked-points.ts";
import { type BoardTime, boardTimeAt } from "./board-time.ts";
import type { MetricQuestion } from "./metric-question.ts";
import type { NumberCourse } from "./number-course.ts";
import { numberData } from "./number-data.ts";
import type { AskFacts, TileContext } from "./tile-source.ts";
import { targetState } from "./tile-target.ts";

export interface AskedNumberTerms {
  readonly definition: NumberTile | GaugeTile;
  readonly question: MetricQuestion;
  readonly context: TileContext;
  readonly askFacts: AskFacts;
  readonly comparison: Comparison | undefined;
  readonly course: NumberCourse | undefined;
}

export interface AskedNumber {
  readonly ask: (nowMs: number, target: number | undefined) => Promise<NumberData>;
  readonly compared: (nowMs: number, comparison: Comparison) => Promise<number | null>;
  readonly note: (change: LiveChange) => void;
}

/** Whether changes of every measure are told of. */
export const isHeard = ({ checked }: MetricQuestion): boolean =>
  measuresOfStatistic(checked.statistic).every((measure) => slicedByOf(measure) !== undefined);

/** A number as facts answer it: the same instants, the same parts as from slices. */
export const askedNumber = (terms: AskedNumberTerms): AskedNumber => {
  const { definition, question, context, askFacts, comparison, course } = terms;
  const { calendar } = context.view.state;
  const timeAt = (nowMs: number): BoardTime => boardTimeAt(nowMs, calendar);
  const points = course && new AskedPoints<number | null>(question.measures, course.unit, isHeard(question));

  const numberOf = async (asked: CheckedQuestion): Promise<number | null> => (await askFacts(asked))[0]?.value ?? null;
  const levelBefore = (time: BoardTime, other: Comparison): Promise<number | null> =>
    numberOf({ ...question.checked, atMs: other === "prior" ? time.weekAgoMs : time.yearAgoMs });
  const compared = async (nowMs: number, other: Comparison): Promise<number | null> => {
    const time = timeAt(nowMs);
    if (question.isLevel) return levelBefore(time, other);
    const [answer] = await askFacts({ ...question.atTime(time), compare: other });
    return answer?.compare?.value ?? null;
  };
  const courseAt = async (time: BoardTime): Promise<NumberData["course"]> => {
    if (course === undefined || points === undefined) return undefined;
    const found = await points.at(course.stretches(time), time.edgeMs, (stretch) =>
      numberOf(question.overAsked(course.windowOf(stretch), time)),
    );
    return found.map((point) => point ?? null);
  };
  const comparedAt = async (time: BoardTime, answer: KpiAnswer): Promise<number | null | undefined> => {
    if (comparison === undefined) return undefined;
    return question.isLevel ? levelBefore(time, comparison) : (answer.compare?.value ?? null);
  };

  const ask = async (nowMs: number, target: number | undefined): Promise<NumberData> => {
    const time = timeAt(nowMs);
    const asked = question.atTime(time);
    const [answer] = await askFacts({ ...asked, compare: question.isLevel ? null : (comparison ?? null) });
    if (answer === undefined) throw new Error(`${question.checked.name} has no answer at all`);
    const plan = context.view.plan(asked);
    const held = definition.target === "plan" ? answer.target : target;
    return numberData(definition, question, {
      answer,
      compared: await comparedAt(time, answer),
      target: held === undefined ? undefined : targetState(answer.value, held, plan, question.isTotal),
      course: await courseAt(time),
    });
  };
  return { ask, compared, note: (change) => points?.note(change) };
};
