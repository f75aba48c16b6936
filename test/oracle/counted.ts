import type { FactOutcome } from "@leadwire/funnel";
import { noValue } from "@leadwire/funnel";
import type { Dimensions } from "./ownership.ts";

/** Something that a metric counts: when, whose, and how much. */
export interface Counted {
  readonly atMs: number;
  /** Where it is placed instead, for what belongs to the cohort of a creation. */
  readonly cohortAtMs?: number;
  readonly dimensions: Dimensions;
  readonly outcome?: FactOutcome;
  readonly amountMinor?: bigint;
  /** What a closed deal weighs in a rate by value; absent where nobody ever said. */
  readonly worthMinor?: bigint;
  readonly durationMs?: number;
}

export const noDimensions: Dimensions = {
  owner: noValue,
  team: noValue,
  region: noValue,
  channel: noValue,
  campaign: noValue,
  segment: noValue,
  product: noValue,
  pipeline: noValue,
  stage: noValue,
};
