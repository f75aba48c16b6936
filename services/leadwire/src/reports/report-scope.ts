import type { Dimension } from "@leadwire/funnel";
import {
  dimensionNamed,
  type NamedDimension,
  type PlacedWindow,
  parseAt,
  parseFilters,
  parseWindow,
  placeWindow,
  type ReportScope,
  type UsageFault,
  usageFault,
} from "@leadwire/kpis";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { ReportArgs, ReportContext } from "./report.ts";
import { knownArgs, manyArgs, neededArg, oneArg } from "./report-args.ts";
import { headOf, type ReportHead } from "./report-head.ts";
import { reportKnowledge } from "./report-knowledge.ts";

/** What a report has of its own, beside `window`, `by`, `where` and `at`. */
export interface ScopeRules {
  /** Names of its other arguments. */
  readonly args: ReadonlyArray<string>;
  /** What it can be grouped and filtered by. */
  readonly dimensions: ReadonlyArray<Dimension>;
  /** It cannot be asked as of an earlier time. */
  readonly nowOnly?: true;
  /** The window where none is asked for; without one, a window has to be named. */
  readonly window?: string;
}

const dimensionOf = (name: string, known: ReadonlyArray<Dimension>): Either<UsageFault, Dimension> => {
  const dimension = dimensionNamed(name);
  if (dimension !== undefined && known.includes(dimension)) return right(dimension);
  const has = known.map((one) => (one === "owner" ? "owner (or rep)" : one));
  return left(
    usageFault("UnknownDimension", `This report has no dimension "${name}": it has ${["company", ...has].join(", ")}.`),
  );
};

const byOf = (args: ReportArgs, known: ReadonlyArray<Dimension>): Either<UsageFault, ReadonlyArray<NamedDimension>> => {
  const by: NamedDimension[] = [];
  for (const name of manyArgs(args, "by").flatMap((list) => list.split(","))) {
    const asked = name.trim();
    if (asked === "" || asked === "company") continue;
    const dimension = dimensionOf(asked, known);
    if (isLeft(dimension)) return dimension;
    if (by.some((one) => one.dimension === dimension.right))
      return left(usageFault("UnknownDimension", `"${asked}" is asked for twice: name each dimension once.`));
    by.push({ name: asked, dimension: dimension.right });
  }
  return right(by);
};

const whereOf = (args: ReportArgs, known: ReadonlyArray<Dimension>): Either<UsageFault, ReportScope["where"]> => {
  const where: Array<readonly [Dimension, string]> = [];
  const filters = parseFilters(manyArgs(args, "where"));
  if (isLeft(filters)) return filters;
  for (const [name, value] of filters.right) {
    const dimension = dimensionOf(name, known);
    if (isLeft(dimension)) return dimension;
    where.push([dimension.right, value]);
  }
  return right(where);
};

/** The instant of the argument `at`; `now` where it is not given. */
const atOf = ({ nowMs, newestMs, calendar }: ReportContext, args: ReportArgs): Either<UsageFault, number> => {
  const at = oneArg(args, "at");
  return isLeft(at) ? at : parseAt(at.right ?? "now", nowMs, newestMs, calendar);
};

/** Where a window written as text lies at an instant. */
export const placedWindow = (
  text: string,
  atMs: number,
  { calendar, workspace }: ReportContext,
): Either<UsageFault, PlacedWindow> => {
  const spec = parseWindow(text);
  return isLeft(spec) ? spec : right(placeWindow(spec.right, atMs, calendar, workspace));
};

/** A question that can be asked, and what is known to answer it from. */
export interface AskedScope {
  readonly scope: ReportScope;
  /** As of the instant of `as_of`, where one is asked for: what is now and newest is then's. */
  readonly context: ReportContext;
  readonly head: ReportHead;
}

/** Reads what most reports are asked: `window`, `by`, `where`, `at`, `as_of`. */
export const scopeOf = async (
  asked: ReportContext,
  args: ReportArgs,
  rules: ScopeRules,
): Promise<Either<UsageFault, AskedScope>> => {
  const names = ["window", "by", "where", "at", ...(rules.nowOnly === true ? [] : ["as_of"]), ...rules.args];
  const known = knownArgs(args, names);
  if (isLeft(known)) return known;
  const knowledge = await reportKnowledge(asked, args);
  if (isLeft(knowledge)) return knowledge;
  const { context, facts } = knowledge.right;
  const at = atOf(context, args);
  if (isLeft(at)) return at;
  const text =
    rules.window !== undefined && args.window === undefined
      ? right(rules.window)
      : neededArg(args, "window", "30d or 2026-Q1");
  if (isLeft(text)) return text;
  const window = placedWindow(text.right, at.right, context);
  if (isLeft(window)) return window;
  const by = byOf(args, rules.dimensions);
  if (isLeft(by)) return by;
  const where = whereOf(args, rules.dimensions);
  if (isLeft(where)) return where;
  const scope = { window: window.right, by: by.right, where: where.right, facts };
  return right({ scope, context, head: { ...headOf(scope, context), ...knowledge.right.head } });
};
