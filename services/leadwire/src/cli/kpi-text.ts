import type { KpiAnswer } from "@leadwire/kpis";
import { localText, windowText } from "./instant-text.ts";
import { countText, durationText, moneyText, percentText, wholeText } from "./number-text.ts";
import { type Column, tableText } from "./table.ts";

const none = "–";

/** A value as a person reads it, in the answer's unit. */
export const valueText = ({ value, unit, currency }: KpiAnswer): string => {
  if (value === null) return none;
  switch (unit) {
    case "ratio":
      return percentText(value);
    case "s":
      return durationText(value);
    case "money":
      return moneyText(value, currency ?? "");
    case "leads":
    case "deals":
      return countText(value);
  }
};

/** What the value was made from. */
export const basisText = (answer: KpiAnswer): string => {
  const { numerator, denominator, count, unit, currency, difference_minor } = answer;
  if (denominator === undefined) return count === undefined ? "" : countText(count);
  if (unit === "s" || numerator === undefined) return countText(denominator);
  const money = (minor: number): string => moneyText(minor, currency ?? "");
  if (difference_minor !== undefined) return `${money(numerator)} / ${money(denominator)}`;
  return `${unit === "money" ? money(numerator) : countText(numerator)} / ${countText(denominator)}`;
};

const flagTexts: Readonly<Record<KpiAnswer["flags"][number], string>> = {
  small_sample: "fewer than 10 cases",
  no_activity_data: "no activity was ever logged",
  no_prior: "no period before to compare with",
};

const columnsOf = (dims: ReadonlyArray<string>, hasBasis: boolean, hasFlags: boolean): ReadonlyArray<Column> => [
  ...dims.map((title): Column => ({ title, align: "left" })),
  { title: "value", align: "right" },
  ...(hasBasis ? [{ title: "from", align: "right" } as const] : []),
  ...(hasFlags ? [{ title: "note", align: "left" } as const] : []),
];

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
  const dims = Object.keys(first.group);
  const notes = answers.map(({ flags }) => flags.map((flag) => flagTexts[flag]).join("; "));
  const hasBasis = answers.some((answer) => basisText(answer) !== "");
  const hasFlags = notes.some((note) => note !== "");
  const rows = answers.map((answer, index) => [
    ...dims.map((dim) => answer.group[dim] ?? ""),
    valueText(answer),
    ...(hasBasis ? [basisText(answer)] : []),
    ...(hasFlags ? [notes[index] ?? ""] : []),
  ]);
  const name = first.statistic === undefined ? first.metric : `${first.metric.split(".")[0]}.${first.statistic}`;
  const groups = answers.length > 1 ? `  (${wholeText(answers.length)} groups)` : "";
  return [
    `${name}${groups}`,
    "",
    tableText(columnsOf(dims, hasBasis, hasFlags), rows),
    `window          ${windowText(first.window, timeZone)}`,
    `complete to     ${first.complete_through === null ? "no events yet" : `${localText(first.complete_through, timeZone)} (${timeZone})`}`,
    afterText(first),
  ].join("\n");
};
