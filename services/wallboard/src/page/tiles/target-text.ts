import type { Texts } from "../texts/texts.ts";
import type { TargetReach } from "./target-reach.ts";

/** A shape for each state, so that colour never stands alone. */
export const reachShapes: Readonly<Record<TargetReach["state"], string>> = {
  reached: "✔",
  ahead: "▲",
  behind: "▼",
  within: "✔",
  over: "▼",
  plain: "",
};

/** The state in words; nothing where only the share is known. */
export const reachText = ({ state }: TargetReach, texts: Texts): string => {
  const words = {
    reached: texts.reached,
    ahead: texts.aheadOfPace,
    behind: texts.behindPace,
    within: texts.withinTarget,
    over: texts.overTarget,
    plain: "",
  };
  return words[state];
};
