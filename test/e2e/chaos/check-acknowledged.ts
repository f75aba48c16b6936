import type { LogContents } from "./log-contents.ts";
import { type Acknowledged, acknowledgedName } from "./producer.ts";

const shownMax = 10;

/** Each acknowledged event that is not in the log. */
export const checkAcknowledged = ({ distinct }: Acknowledged, { records }: LogContents): ReadonlyArray<string> => {
  const there = new Set(records.map(({ event }) => acknowledgedName(event)));
  const lost = [...distinct].filter((name) => !there.has(name));
  if (lost.length === 0) return [];
  return [`${lost.length} acknowledged events are not in the log: ${lost.slice(0, shownMax).join("; ")}`];
};
