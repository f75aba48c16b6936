import { type UsageFault, usageFault } from "@leadwire/kpis";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import type { ReportArgs } from "./report.ts";

const listed = (names: ReadonlyArray<string>): string => (names.length === 0 ? "nothing" : names.join(", "));

/** Left where an argument is given that the report does not have. */
export const knownArgs = (args: ReportArgs, names: ReadonlyArray<string>): Either<UsageFault, ReportArgs> => {
  const stranger = Object.keys(args).find((name) => !names.includes(name));
  if (stranger === undefined) return right(args);
  return left(usageFault("BadArgument", `There is no argument "${stranger}": this report takes ${listed(names)}.`));
};

/** The one value of an argument; undefined where it is not given. Left where it is given several times. */
export const oneArg = (args: ReportArgs, name: string): Either<UsageFault, string | undefined> => {
  const given = args[name];
  if (given === undefined || typeof given === "string") return right(given);
  if (given.length <= 1) return right(given[0]);
  return left(usageFault("BadArgument", `"${name}" is given ${given.length} times: give it once.`));
};

/** All values of an argument, in their order. */
export const manyArgs = (args: ReportArgs, name: string): ReadonlyArray<string> => {
  const given = args[name];
  if (given === undefined) return [];
  return typeof given === "string" ? [given] : given;
};

/** An argument that the report cannot do without; `example` shows how it is written. */
export const neededArg = (args: ReportArgs, name: string, example: string): Either<UsageFault, string> => {
  const given = oneArg(args, name);
  if (given._tag === "Left") return given;
  if (given.right !== undefined && given.right !== "") return right(given.right);
  return left(usageFault("BadArgument", `This report needs "${name}", such as ${example}.`));
};

/** A whole number from 1 to `max`; `fallback` where it is not given. */
export const countArg = (args: ReportArgs, name: string, fallback: number, max: number): Either<UsageFault, number> => {
  const given = oneArg(args, name);
  if (given._tag === "Left") return given;
  if (given.right === undefined) return right(fallback);
  const value = Number(given.right);
  if (/^\d+$/u.test(given.right) && value >= 1 && value <= max) return right(value);
  return left(usageFault("BadArgument", `"${given.right}" is no ${name}: write a whole number from 1 to ${max}.`));
};
