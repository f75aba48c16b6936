import { type KpiAnswer, localText, wholeText } from "@leadwire/kpis";
import { windowText } from "./instant-text.ts";
import { kpiTableText } from "./kpi-table.ts";

/** The window beside which the answers stand; empty where none was asked for. */
const comparedText = ({ compare }: KpiAnswer, timeZone: string): ReadonlyArray<string> => {
  if (compare === undefined) return [];
  return [
    `compared with   ${compare === null ? "nothing: no window lies before" : windowText(compare.window, timeZone)}`,
  ];
};

/** What explains an empty answer: the window lies wholly after the newest event, as with an export of some years ago. */
const afterText = ({ window, complete_through }: KpiAnswer): string =>
  window.from !== null && complete_through !== null && Date.parse(complete_through) < Date.parse(window.from)
    ? "The data end before this window begins. With --at latest, windows such as month and 30d end at the newest event.\n"
    : "";

/** The answers to one question as a table, with the window and how far the data reach, in the workspace's zone. */
export const kpiText = (answers: ReadonlyArray<KpiAnswer>, timeZone: string): string => {
  const [first] = answers;
  if (first === undefined)
    return "No group has any fact in this window. Without --by, the answer shows how far the data reach.\n";
  const name = first.statistic === undefined ? first.metric : `${first.metric.split(".")[0]}.${first.statistic}`;
  const groups = answers.length > 1 ? `  (${wholeText(answers.length)} groups)` : "";
  return [
    `${name}${groups}`,
    "",
    kpiTableText(answers),
    `window          ${windowText(first.window, timeZone)}`,
    ...comparedText(first, timeZone),
    `complete to     ${first.complete_through === null ? "no events yet" : `${localText(first.complete_through, timeZone)} (${timeZone})`}`,
    afterText(first),
  ].join("\n");
};
