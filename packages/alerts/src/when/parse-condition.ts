import { type Either, left, right } from "fp-ts/lib/Either.js";
import type { Condition, Level, ThresholdCondition } from "../rule/rule.ts";
import { readAbsence } from "./absence-text.ts";
import { readEngine, readNoData } from "./health-text.ts";
import { readLevel } from "./level-text.ts";
import { levelSubjectOf, readThreshold, type WhenContext } from "./threshold-text.ts";
import { type TextFault, WhenReader } from "./when-reader.ts";

const readCondition = (reader: WhenReader, context: WhenContext): Condition | undefined => {
  switch (reader.peek().text.toLowerCase()) {
    case "lead":
    case "deal":
      return readAbsence(reader, context);
    case "source":
    case "any":
      return readNoData(reader);
    case "lag":
    case "quarantine":
      return readEngine(reader);
    default:
      return readThreshold(reader, context);
  }
};

const answered = <A>(reader: WhenReader, value: A | undefined): Either<TextFault, A> => {
  if (value !== undefined) return right(value);
  if (reader.fault === undefined) throw new Error("a reader gave nothing and said nothing");
  return left(reader.fault);
};

/** Reads what a rule says under `when`; Left with the first thing that does not fit. */
export const parseCondition = (text: string, context: WhenContext): Either<TextFault, Condition> => {
  const reader = new WhenReader(text);
  return answered(reader, readCondition(reader, context));
};

const isLooser = ({ comparator }: ThresholdCondition, at: number, resolveAt: number): boolean =>
  comparator.startsWith("<") ? resolveAt >= at : resolveAt <= at;

/** Whether a level to resolve at lies on the good side of the one to fire at; true also where only data can tell. */
const isOnGoodSide = (condition: ThresholdCondition, resolve: Level): boolean => {
  const { level } = condition;
  if (level._tag === "Number" && resolve._tag === "Number") return isLooser(condition, level.value, resolve.value);
  if (level._tag === "Baseline" && resolve._tag === "Baseline") return isLooser(condition, level.mads, resolve.mads);
  if (level._tag !== "Relative" || resolve._tag !== "Relative" || level.times !== resolve.times) return true;
  return isLooser(condition, level.plus, resolve.plus);
};

const isSameKind = (level: Level, resolve: Level): boolean => {
  if (level._tag === "Relative" && resolve._tag === "Relative") return level.to === resolve.to;
  if (level._tag === "Baseline" && resolve._tag === "Baseline") return level.weeks === resolve.weeks;
  return level._tag === resolve._tag;
};

const kindForm = (level: Level): string => {
  switch (level._tag) {
    case "Number":
      return "a number, as the rule fires at one";
    case "Relative":
      return `a level by ${level.to}, as the rule fires at one`;
    case "Baseline":
      return `a level by baseline(${level.weeks} weeks), as the rule fires at one`;
  }
};

const readResolveLevel = (reader: WhenReader, condition: ThresholdCondition, currency: string): Level | undefined => {
  const start = reader.peek();
  const level = readLevel(reader, levelSubjectOf(condition, currency));
  if (level === undefined || reader.end() === undefined) return undefined;
  if (!isSameKind(condition.level, level)) return reader.refuseAt(start, kindForm(condition.level));
  if (isOnGoodSide(condition, level)) return level;
  const [good, side] = condition.comparator.startsWith("<") ? ["at or above", "below"] : ["at or below", "above"];
  return reader.refuseAt(start, `a level ${good} the one that the rule fires ${side}`);
};

/** Reads what a rule says under `resolve`: a level of the same kind, on the good side of the one to fire at. */
export const parseResolveLevel = (
  text: string,
  condition: ThresholdCondition,
  { currency }: WhenContext,
): Either<TextFault, Level> => {
  const reader = new WhenReader(text);
  return answered(reader, readResolveLevel(reader, condition, currency));
};
