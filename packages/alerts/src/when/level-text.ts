import type { Dimension } from "@leadwire/funnel";
import type { NamedStatistic, WindowSpec } from "@leadwire/kpis";
import { isSliceable } from "../evaluate/threshold-question.ts";
import type { Level } from "../rule/rule.ts";
import { amountText, decimalText, readAmount, readNumberText } from "./amount-text.ts";
import type { WhenReader } from "./when-reader.ts";

/** What a level is a level of: it decides on the unit, and on what there is to compare with. */
export interface LevelSubject {
  readonly named: NamedStatistic;
  readonly window: WindowSpec;
  readonly by: ReadonlyArray<Dimension>;
  readonly isFiltered: boolean;
  readonly currency: string;
}

type RelativeTo = Extract<Level, { readonly _tag: "Relative" }>["to"];

const relatives: ReadonlyArray<RelativeTo> = ["target", "pace", "prior", "year"];
const weeksMin = 3;
const weeksMax = 52;
const planLevels: ReadonlyArray<Dimension> = ["owner", "team"];
const planPeriods: ReadonlyArray<string> = ["month", "quarter", "year"];

const isTotal = ({ statistic: { formula } }: NamedStatistic): boolean =>
  formula._tag === "Total" && formula.of.measures.every((measure) => !measure.level);

/** Why a value cannot be held against a target's line; undefined where it can. */
const planMisfit = (to: RelativeTo, { named, window, by, isFiltered }: LevelSubject): string | undefined => {
  const isPeriod = window._tag === "ToDate" && planPeriods.includes(window.unit);
  if (!isPeriod) return `Targets are set for calendar periods: ${to} goes with the windows month, quarter and year.`;
  if (isFiltered || by.length > 1 || by.some((dimension) => !planLevels.includes(dimension)))
    return `Targets are set for the company, teams and reps: ${to} goes with no "where", and by team, by rep or neither.`;
  const isAttainment = named.metric.id === "quota_attainment" && named.statisticName === "attainment";
  if (to === "pace" && !isTotal(named) && !isAttainment)
    return `Only what adds up over a period has a pace: totals such as sales, and quota_attainment.`;
  return undefined;
};

const relativeMisfit = (to: RelativeTo, subject: LevelSubject): string | undefined => {
  if (to === "target" || to === "pace") return planMisfit(to, subject);
  return subject.window._tag === "All" ? "Nothing lies before the window all." : undefined;
};

const baselineMisfit = ({ named, window, by, isFiltered }: LevelSubject): string | undefined => {
  if (by.length + (isFiltered ? 1 : 0) > 1 || !isSliceable(named.statistic, by))
    return "A baseline is read from the live numbers, which go by one dimension, and by this metric's own ones alone.";
  const fits = window._tag === "Rolling" || (window._tag === "ToDate" && ["day", "week"].includes(window.unit));
  return fits ? undefined : "A baseline goes with windows that run by the clock: 1h 24h 7d 30d 90d 365d, day and week.";
};

/** `+ 0.1`, `- 10000 EUR`; 0 where nothing follows. */
const readPlus = (reader: WhenReader, { named, currency }: LevelSubject): number | undefined => {
  const sign = reader.takeSign("+", "-");
  if (sign === undefined) return 0;
  const size = readAmount(reader, named.statistic.unit, currency);
  return size === undefined ? undefined : sign === "-" && size !== 0 ? -size : size;
};

const readRelative = (reader: WhenReader, to: RelativeTo, subject: LevelSubject): Level | undefined => {
  const at = reader.take();
  const misfit = relativeMisfit(to, subject);
  if (misfit !== undefined) return reader.refuseAt(at, "another level", misfit);
  let times = 1;
  if (reader.takeSign("*") !== undefined) {
    const text = readNumberText(reader, "a factor such as 0.8");
    if (text === undefined) return undefined;
    times = Number(reader.takeSign("%") === undefined ? text : `${text}e-2`);
  }
  const plus = readPlus(reader, subject);
  return plus === undefined ? undefined : { _tag: "Relative", to, times, plus };
};

const readBaseline = (reader: WhenReader, subject: LevelSubject): Level | undefined => {
  const at = reader.take();
  const misfit = baselineMisfit(subject);
  if (misfit !== undefined) return reader.refuseAt(at, "another level", misfit);
  const form = `the weeks that it looks back over, such as (8 weeks), from ${weeksMin} to ${weeksMax}`;
  if (reader.takeSign("(") === undefined) return reader.refuse(form);
  const number = reader.peek();
  const weeks = Number(number.text);
  if (!/^\d{1,2}$/u.test(number.text) || weeks < weeksMin || weeks > weeksMax) return reader.refuse(form);
  reader.take();
  if (!reader.takeWords("weeks")) return reader.refuse("weeks");
  if (reader.takeSign(")") === undefined) return reader.refuse(`")"`);
  const sign = reader.takeSign("+", "-");
  if (sign === undefined) return { _tag: "Baseline", weeks, mads: 0 };
  const text = readNumberText(reader, "a number of mad, such as 3 mad");
  if (text === undefined) return undefined;
  if (!reader.takeWords("mad")) return reader.refuse("mad, the median absolute deviation, such as 3 mad");
  const mads = Number(text);
  return { _tag: "Baseline", weeks, mads: sign === "-" && mads !== 0 ? -mads : mads };
};

/** `0.25`, `5 min`, `target * 0.8`, `pace - 0.1`, `baseline(8 weeks) - 3 mad`. */
export const readLevel = (reader: WhenReader, subject: LevelSubject): Level | undefined => {
  const { kind, text } = reader.peek();
  const word = kind === "word" ? text.toLowerCase() : "";
  const to = relatives.find((known) => known === word);
  if (to !== undefined) return readRelative(reader, to, subject);
  if (word === "baseline") return readBaseline(reader, subject);
  if (kind === "word" && !/^\d/u.test(text)) {
    const [joined] = /^(?:target|pace|prior|year)(?=-)/iu.exec(text) ?? [];
    const hint = joined === undefined ? undefined : `Put spaces around the minus: ${joined} - 0.1.`;
    return reader.refuse("a number with its unit, target, pace, prior, year or baseline(8 weeks)", hint);
  }
  const value = readAmount(reader, subject.named.statistic.unit, subject.currency);
  return value === undefined ? undefined : { _tag: "Number", value };
};

/** As `readLevel` reads it. */
export const levelText = (level: Level, named: NamedStatistic, currency: string): string => {
  const { unit } = named.statistic;
  switch (level._tag) {
    case "Number":
      return amountText(level.value, unit, currency);
    case "Relative": {
      const { to, times, plus } = level;
      const factor = times === 1 ? "" : ` * ${decimalText(times)}`;
      const rest = plus === 0 ? "" : ` ${plus < 0 ? "-" : "+"} ${amountText(Math.abs(plus), unit, currency)}`;
      return `${to}${factor}${rest}`;
    }
    case "Baseline": {
      const { weeks, mads } = level;
      const rest = mads === 0 ? "" : ` ${mads < 0 ? "-" : "+"} ${decimalText(Math.abs(mads))} mad`;
      return `baseline(${weeks} weeks)${rest}`;
    }
  }
};
