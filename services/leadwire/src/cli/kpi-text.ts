import type { KpiAnswer } from "@leadwire/kpis";
import { localText, windowText } from "./instant-text.ts";
import { countText, durationText, moneyText, percentText, wholeText } from "./number-text.ts";
import { type Column, tableText } from "./table.ts";

const none = "–";

/** A number in a unit, as a person reads it. */
const numberText = (value: number | null, { unit, currency }: KpiAnswer): string => {
  if (value === null) return none;
  switch (unit) {
    case "ratio":
      return percentText(value);
    case "s":
      return durationText(value);
    case "money":
      return moneyText(value, currency ?? "");
    case "money_per_day":
      return `${moneyText(value, currency ?? "")} a day`;
    case "x":
      return `${countText(value)} ×`;
    case "months":
      return `${countText(value)} months`;
    default:
      return countText(value);
  }
};

/** A value as a person reads it, in the answer's unit. */
export const valueText = (answer: KpiAnswer): string => numberText(answer.value, answer);

/** What the value was made from. */
export const basisText = (answer: KpiAnswer): string => {
  const { numerator, denominator, count, unit, currency, difference_minor } = answer;
  if (denominator === undefined || unit === "money_per_day") return count === undefined ? "" : countText(count);
  if (unit === "s" || numerator === undefined) return countText(denominator);
  const money = (minor: number): string => moneyText(minor, currency ?? "");
  const ofMoney = difference_minor !== undefined || (currency !== undefined && unit !== "money");
  if (ofMoney) return `${money(numerator)} / ${money(denominator)}`;
  if (unit === "money" && denominator === 1) return count === undefined ? "" : countText(count);
  return `${unit === "money" ? money(numerator) : countText(numerator)} / ${countText(denominator)}`;
};

const flagTexts: Readonly<Record<KpiAnswer["flags"][number], string>> = {
  small_sample: "fewer than 10 cases",
  no_activity_data: "no activity was ever logged",
  no_prior: "no period before to compare with",
  no_target: "no target for this period and scope",
  no_forecast: "no forecast from before the period",
  assumed_term: "no term stated, 12 months taken",
  missing_cost: "sales without a cost left out",
  amounts_left_out: "deals without an amount left out",
};

/** The cautions of an answer in words, with their numbers. */
const noteOf = ({ flags, flag_counts, missing }: KpiAnswer): string =>
  [
    ...flags.map((flag) => {
      const many = flag_counts?.[flag];
      return many === undefined ? flagTexts[flag] : `${flagTexts[flag]} (${wholeText(many)})`;
    }),
    ...(missing === undefined || missing === 0 ? [] : [`${wholeText(missing)} with sales but no forecast`]),
  ].join("; ");

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
  const notes = answers.map(noteOf);
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
