import type { KpiAnswer } from "@leadwire/kpis";
import { localText, windowText } from "./instant-text.ts";
import { basisText, differenceText, noteText, numberText, valueText } from "./kpi-number-text.ts";
import { percentText, wholeText } from "./number-text.ts";
import { type Column, tableText } from "./table.ts";

interface Cells extends Column {
  readonly cell: (answer: KpiAnswer) => string;
}

const right = (title: string, cell: Cells["cell"]): Cells => ({ title, align: "right", cell });

const changeText = (answer: KpiAnswer): string => {
  const { change, change_ratio: ratio } = answer;
  if (change === undefined) return "";
  const share = ratio === undefined || ratio === null || answer.unit === "ratio" ? "" : ` (${signed(ratio)})`;
  return `${differenceText(change, answer)}${share}`;
};

const signed = (ratio: number): string => `${ratio > 0 ? "+" : ""}${percentText(ratio)}`;

const attainedText = ({ attainment }: KpiAnswer): string =>
  attainment === undefined || attainment === null ? "" : percentText(attainment);

/** Every column that any answer has something for. */
const columnsOf = (answers: ReadonlyArray<KpiAnswer>): ReadonlyArray<Cells> => {
  const dims = Object.keys(answers[0]?.group ?? {});
  const optional = [
    right("from", basisText),
    right("compared", (answer) => (answer.compare ? numberText(answer.compare.value, answer) : "")),
    right("change", changeText),
    right("target", (answer) => (answer.target === undefined ? "" : numberText(answer.target, answer))),
    right("attained", attainedText),
    right("by now", (answer) => (answer.expected === undefined ? "" : numberText(answer.expected, answer))),
    right("gap", (answer) => (answer.gap === undefined ? "" : numberText(answer.gap, answer))),
    { title: "note", align: "left", cell: noteText } as const,
  ];
  return [
    ...dims.map((title): Cells => ({ title, align: "left", cell: ({ group }) => group[title] ?? "" })),
    right("value", valueText),
    ...optional.filter(({ cell }) => answers.some((answer) => cell(answer) !== "")),
  ];
};

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
  const columns = columnsOf(answers);
  const name = first.statistic === undefined ? first.metric : `${first.metric.split(".")[0]}.${first.statistic}`;
  const groups = answers.length > 1 ? `  (${wholeText(answers.length)} groups)` : "";
  return [
    `${name}${groups}`,
    "",
    tableText(
      columns,
      answers.map((answer) => columns.map(({ cell }) => cell(answer))),
    ),
    `window          ${windowText(first.window, timeZone)}`,
    ...comparedText(first, timeZone),
    `complete to     ${first.complete_through === null ? "no events yet" : `${localText(first.complete_through, timeZone)} (${timeZone})`}`,
    afterText(first),
  ].join("\n");
};
