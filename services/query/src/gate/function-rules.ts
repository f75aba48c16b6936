import { nearestName } from "@leadwire/kpis";
import { aggregateFunctions } from "./functions/aggregate-functions.ts";
import { collectionFunctions } from "./functions/collection-functions.ts";
import { conversionFunctions } from "./functions/conversion-functions.ts";
import { logicFunctions } from "./functions/logic-functions.ts";
import { numberFunctions } from "./functions/number-functions.ts";
import { otherFunctions } from "./functions/other-functions.ts";
import { refusedFunctions } from "./functions/refused-functions.ts";
import { textFunctions } from "./functions/text-functions.ts";
import { timeFunctions } from "./functions/time-functions.ts";

/** Names that the parser makes of syntax: x -> y, EXISTS, GROUPING. */
const syntaxFunctions: ReadonlyArray<string> = ["lambda", "exists", "grouping", "untuple"];

/** What may be called, besides an aggregate function with combinators. Names are compared in lower case. */
export const allowedFunctions: ReadonlyArray<string> = [
  ...aggregateFunctions,
  ...collectionFunctions,
  ...conversionFunctions,
  ...logicFunctions,
  ...numberFunctions,
  ...otherFunctions,
  ...textFunctions,
  ...timeFunctions,
  ...syntaxFunctions,
];

const allowed: ReadonlySet<string> = new Set(allowedFunctions.map((name) => name.toLowerCase()));
const aggregates: ReadonlySet<string> = new Set(aggregateFunctions.map((name) => name.toLowerCase()));
const reasons: ReadonlyMap<string, string> = new Map(
  refusedFunctions.flatMap(([reason, names]) => names.map((name) => [name.toLowerCase(), reason] as const)),
);

/** What ClickHouse puts behind an aggregate function's name, once or several times. */
export const combinators: ReadonlyArray<string> = [
  "SimpleState",
  "MergeState",
  "OrDefault",
  "Distinct",
  "Resample",
  "ForEach",
  "ArgMax",
  "ArgMin",
  "OrNull",
  "Tuple",
  "Merge",
  "State",
  "Array",
  "Null",
  "Map",
  "If",
];

const isAggregate = (name: string): boolean =>
  aggregates.has(name.toLowerCase()) ||
  combinators.some((each) => name.endsWith(each) && isAggregate(name.slice(0, -each.length)));

/** Beyond this nobody compares letters: it is no slip of the hand. */
const slipCharsMax = 40;

const unknown = (name: string): string => {
  const nearest = name.length > slipCharsMax ? undefined : nearestName(name, allowedFunctions);
  const hint = nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
  return `it is not on the list of functions that are known to be harmless${hint}`;
};

/** Why a function may not be called; undefined where it may. */
export const functionRefusal = (name: string): string | undefined => {
  if (allowed.has(name.toLowerCase()) || isAggregate(name)) return undefined;
  const reason = reasons.get(name.toLowerCase()) ?? unknown(name);
  return `the function ${name} is not allowed: ${reason}`;
};

/** A function of the engine that was looked at and found to be more than a calculation. */
export const isRefusedFunction = (name: string): boolean => reasons.has(name.toLowerCase());
