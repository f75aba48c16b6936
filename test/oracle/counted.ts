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
  /** What a line cost, where it says so. */
  readonly costMinor?: bigint;
  /** Thousandths: units sold, touches, a score. */
  readonly unitsMilli?: bigint;
  readonly durationMs?: number;
  /** Of the duration, what lies in business hours. */
  readonly businessMs?: number;
  /** Of an open deal: its stage's chance of winning in 1/10,000, and the start of the day it is expected to close on. */
  readonly probability?: number;
  readonly dueAtMs?: number;
  /** Of a contract, in months. */
  readonly termMonths?: number;
  readonly account?: string;
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
