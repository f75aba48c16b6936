import type { Measure } from "./measure.ts";
import type { Term } from "./term.ts";

/**
 * Where in time a number is taken: the question's window (a level at its end), its prior window, or the 365 days before
 * the instant that levels are read at.
 */
export type Over = "window" | "prior" | "trailing_year";

/**
 * A number made of several numbers of the log by exact arithmetic: a tree of whole numbers and fractions, null where a
 * part of it has no answer (a divisor of 0, no target). It becomes a double once, at the end.
 */
export type Expression =
  | { readonly _tag: "Whole"; readonly value: number }
  /** Counts or sums, added up. Durations are milliseconds, units thousandths, money minor units. */
  | { readonly _tag: "Taken"; readonly term: Term; readonly over: Over }
  /** Over the bins of a binned measure: Σ sum × bin, or Σ sum × 12 / bin (of a term in months: by the year). */
  | { readonly _tag: "Weighed"; readonly of: Measure; readonly by: "bin" | "yearly"; readonly over: Over }
  /** How many reps the measure has facts of, counted after merging. */
  | { readonly _tag: "DistinctOwners"; readonly of: Measure; readonly over: Over }
  /** A level of accounts, each compared at the two ends of the window. */
  | { readonly _tag: "Ends"; readonly of: Measure; readonly take: EndsTake }
  /** An open level's count or sum, of those expected to close before the window's end, or overdue at the instant read. */
  | {
      readonly _tag: "Due";
      readonly of: Measure;
      readonly take: "count" | "sum";
      readonly which: "in_period" | "overdue";
    }
  /** The target of a metric for the window's whole period and the group's scope; null where there is none. */
  | { readonly _tag: "Target"; readonly metric: string }
  /** Business days of the period that have begun by the instant read / all of them: 1 for a whole period that is over. */
  | { readonly _tag: "Elapsed" }
  /** As it is where above 0, else null: what remains of a target that is met divides nothing. */
  | { readonly _tag: "Positive"; readonly of: Expression }
  /** The window's length in months: calendar months as they are, other lengths by the mean month of 365.25/12 days. */
  | { readonly _tag: "Months" }
  | {
      readonly _tag: "Add" | "Subtract" | "Multiply" | "Divide";
      readonly left: Expression;
      readonly right: Expression;
    };

/**
 * What is taken of accounts at a window's two ends: how many stood at its start, how many of those still do at its end;
 * what they summed to at the start, at the end, and the lesser of both for each.
 */
export type EndsTake = "started" | "kept" | "startSum" | "endSum" | "lesserSum";

/** A number that stands in the formula itself. */
export const whole = (value: number): Expression => ({ _tag: "Whole", value });
/** A count or a sum. */
export const taken = (term: Term, over: Over = "window"): Expression => ({ _tag: "Taken", term, over });
/** Σ sum × bin. */
export const weighed = (of: Measure, over: Over = "window"): Expression => ({ _tag: "Weighed", of, by: "bin", over });
/** Σ sum × 12 / bin. */
export const yearly = (of: Measure, over: Over = "window"): Expression => ({ _tag: "Weighed", of, by: "yearly", over });
/** How many reps have any of it; `(none)` is no rep. */
export const distinctOwners = (of: Measure, over: Over = "window"): Expression => ({
  _tag: "DistinctOwners",
  of,
  over,
});
/** A level of accounts at the two ends of the window. */
export const ends = (of: Measure, take: EndsTake): Expression => ({ _tag: "Ends", of, take });
/** Of an open level what is expected to close in the rest of the window, or should have closed already. */
export const due = (of: Measure, take: "count" | "sum", which: "in_period" | "overdue"): Expression => ({
  _tag: "Due",
  of,
  take,
  which,
});
/** The target of a metric, by its name as a question names it. */
export const targetOf = (metric: string): Expression => ({ _tag: "Target", metric });
/** Share of the period's business days that have begun. */
export const elapsed: Expression = { _tag: "Elapsed" };
/** The window's length in months. */
export const months: Expression = { _tag: "Months" };
/** Null where `of` is null or not above 0. */
export const positive = (of: Expression): Expression => ({ _tag: "Positive", of });
/** Null where a part is null, as all that follow. */
export const add = (left: Expression, right: Expression): Expression => ({ _tag: "Add", left, right });
export const subtract = (left: Expression, right: Expression): Expression => ({ _tag: "Subtract", left, right });
export const multiply = (left: Expression, right: Expression): Expression => ({ _tag: "Multiply", left, right });
/** Null where the divisor is 0. */
export const dividedBy = (left: Expression, right: Expression): Expression => ({ _tag: "Divide", left, right });

/** The nodes of a tree that facts answer, from left to right. */
export const leavesOf = (expression: Expression): ReadonlyArray<Expression> => {
  switch (expression._tag) {
    case "Taken":
    case "Weighed":
    case "DistinctOwners":
    case "Ends":
    case "Due":
      return [expression];
    case "Positive":
      return leavesOf(expression.of);
    case "Add":
    case "Subtract":
    case "Multiply":
    case "Divide":
      return [...leavesOf(expression.left), ...leavesOf(expression.right)];
    default:
      return [];
  }
};

/** The measures whose facts answer a leaf. */
const measuresOfLeaf = (leaf: Expression): ReadonlyArray<Measure> => {
  if (leaf._tag === "Taken") return leaf.term.measures;
  return "of" in leaf && leaf._tag !== "Positive" ? [leaf.of] : [];
};

/** Every measure that an expression reads. */
export const measuresIn = (expression: Expression): ReadonlyArray<Measure> =>
  leavesOf(expression).flatMap(measuresOfLeaf);

/** The metrics whose targets an expression takes. */
export const targetsIn = (expression: Expression): ReadonlyArray<string> => {
  switch (expression._tag) {
    case "Target":
      return [expression.metric];
    case "Positive":
      return targetsIn(expression.of);
    case "Add":
    case "Subtract":
    case "Multiply":
    case "Divide":
      return [...targetsIn(expression.left), ...targetsIn(expression.right)];
    default:
      return [];
  }
};
