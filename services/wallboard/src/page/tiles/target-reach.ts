import type { NumberData, TargetState } from "../../board/tile-data.ts";

/** How a value stands to its target. `plain`: on the way, and time does not say how far it should be. */
export interface TargetReach {
  readonly state: "reached" | "ahead" | "behind" | "plain" | "within" | "over";
  readonly tone: "better" | "worse" | "plain";
  /** value / target; null where the target is 0 or there is no value. */
  readonly share: number | null;
  /** Where the value should be by now, as a share of the target. */
  readonly pace: number | null;
}

/** Lower is better: the target is a limit. Otherwise it is reached, or the pace says how it goes. */
export const reachOf = ({ value, better }: Pick<NumberData, "value" | "better">, target: TargetState): TargetReach => {
  const { reached: share, pace } = target;
  if (value === null || share === null) return { state: "plain", tone: "plain", share: null, pace };
  if (better === "lower")
    return value <= target.value
      ? { state: "within", tone: "better", share, pace: null }
      : { state: "over", tone: "worse", share, pace: null };
  if (share >= 1) return { state: "reached", tone: "better", share, pace };
  if (pace === null) return { state: "plain", tone: "plain", share, pace };
  return share >= pace
    ? { state: "ahead", tone: "better", share, pace }
    : { state: "behind", tone: "worse", share, pace };
};
