import type { Dimension } from "@leadwire/funnel";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { type Catalogue, findStatistic, type NamedStatistic } from "../catalogue.ts";
import { type UsageFault, usageFault } from "../usage-fault.ts";
import { parseWindow } from "../window/parse-window.ts";
import { type Comparison, comparisons } from "../window/place-window.ts";
import type { WindowSpec } from "../window/window.ts";
import { dimensionNamed } from "./dimension-name.ts";

/** A question as the command line and HTTP put it. */
export interface KpiQuestion {
  /** `win_rate`, or with a statistic: `lead_response_time.p90`. */
  readonly metric: string;
  readonly window: string;
  /** `--at`. */
  readonly atMs: number;
  /** Dimension names; `rep` is the owner, `company` groups by nothing. */
  readonly by?: ReadonlyArray<string>;
  readonly where?: ReadonlyArray<readonly [dimension: string, value: string]>;
  /** `--compare`: prior or year. */
  readonly compare?: string;
}

/** A dimension under the name that the question gave it. */
export interface NamedDimension {
  readonly name: string;
  readonly dimension: Dimension;
}

/** A question that can be asked. */
export interface CheckedQuestion extends NamedStatistic {
  readonly name: string;
  readonly window: WindowSpec;
  readonly atMs: number;
  readonly by: ReadonlyArray<NamedDimension>;
  readonly where: ReadonlyArray<readonly [Dimension, string]>;
  /** The window beside which the answer is put; null where none was asked for. */
  readonly compare: Comparison | null;
}

const findDimension = (
  { metric, statisticName, statistic }: NamedStatistic,
  name: string,
): Either<UsageFault, NamedDimension> => {
  const dimension = dimensionNamed(name);
  if (dimension !== undefined && statistic.dimensions.includes(dimension)) return right({ name, dimension });
  const subject = statisticName === "" ? metric.id : `${metric.id}.${statisticName}`;
  const has = statistic.dimensions.map((known) => (known === "owner" ? "owner (or rep)" : known));
  const what = dimension === undefined ? `There is no dimension "${name}"` : `${subject} has no dimension ${name}`;
  return left(usageFault("UnknownDimension", `${what}. ${subject} has ${["company", ...has].join(", ")}.`));
};

const comparisonOf = (text: string | undefined): Either<UsageFault, Comparison | null> => {
  if (text === undefined) return right(null);
  const found = comparisons.find((known) => known === text);
  if (found !== undefined) return right(found);
  return left(
    usageFault(
      "BadWindow",
      `"${text}" is nothing to compare with: write prior (the window before) or year (a year ago).`,
    ),
  );
};

/** Checks metric, statistic, window and dimensions, in this order. */
export const checkQuestion = (question: KpiQuestion, catalogue: Catalogue): Either<UsageFault, CheckedQuestion> => {
  const found = findStatistic(catalogue, question.metric);
  if (found._tag === "Left") return found;
  const window = parseWindow(question.window);
  if (window._tag === "Left") return window;
  const compare = comparisonOf(question.compare);
  if (compare._tag === "Left") return compare;
  const by: NamedDimension[] = [];
  for (const name of question.by ?? []) {
    if (name === "company") continue;
    const dimension = findDimension(found.right, name);
    if (dimension._tag === "Left") return dimension;
    const twice = by.some((known) => known.dimension === dimension.right.dimension);
    if (twice) return left(usageFault("UnknownDimension", `"${name}" is asked for twice: name each dimension once.`));
    by.push(dimension.right);
  }
  const where: Array<readonly [Dimension, string]> = [];
  for (const [name, value] of question.where ?? []) {
    const dimension = findDimension(found.right, name);
    if (dimension._tag === "Left") return dimension;
    where.push([dimension.right.dimension, value]);
  }
  const { metric: name, atMs } = question;
  return right({ ...found.right, name, window: window.right, atMs, by, where, compare: compare.right });
};

/** Reads `--where` as it is written: `region=East`. */
const parseFilter = (text: string): Either<UsageFault, readonly [dimension: string, value: string]> => {
  const equals = text.indexOf("=");
  if (equals > 0) return right([text.slice(0, equals).trim(), text.slice(equals + 1)]);
  return left(usageFault("BadFilter", `"${text}" is no filter: write DIMENSION=VALUE, such as region=East.`));
};

/** Reads every `--where`, in their order; Left at the first that is no filter. */
export const parseFilters = (
  texts: ReadonlyArray<string>,
): Either<UsageFault, ReadonlyArray<readonly [dimension: string, value: string]>> => {
  const filters: Array<readonly [string, string]> = [];
  for (const text of texts) {
    const filter = parseFilter(text);
    if (filter._tag === "Left") return filter;
    filters.push(filter.right);
  }
  return right(filters);
};
