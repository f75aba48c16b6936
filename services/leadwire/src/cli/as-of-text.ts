import type { KpiAnswer } from "@leadwire/kpis";
import { localText } from "@leadwire/kpis";
import { isAsOf } from "../engine/knowledge.ts";

/** When it was known what the answers rest on; empty where that is now. */
export const asOfText = ([first]: ReadonlyArray<KpiAnswer>, timeZone: string): string => {
  if (first === undefined || !isAsOf(first)) return "";
  const line = `as known at     ${localText(first.as_of, timeZone)} (${timeZone})\n`;
  if (first.known_since === undefined) return line;
  if (first.known_since === null) return `${line}The log is empty.\n`;
  return `${line}Nothing was known then: the log begins at ${localText(first.known_since, timeZone)}.\n`;
};
