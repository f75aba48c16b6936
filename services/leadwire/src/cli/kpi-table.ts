import { type KpiAnswer, numberText, percentText } from "@leadwire/kpis";
import { attainedText, basisText, differenceText, noteText, valueText } from "./kpi-number-text.ts";
import { groupText } from "./print-report.ts";
import { safeText } from "./safe-text.ts";
import { type Column, lineWidthMax, tableText, textWidth } from "./table.ts";

interface Cells extends Column {
  readonly cell: (answer: KpiAnswer) => string;
}

const right = (title: string, cell: Cells["cell"]): Cells => ({ title, align: "right", cell });

const changeText = (answer: KpiAnswer): string => {
  const { change, change_ratio: ratio } = answer;
  if (change === undefined) return "";
  const share =
    ratio === undefined || ratio === null || answer.unit === "ratio" || answer.unit === "score"
      ? ""
      : ` (${signed(ratio)})`;
  return `${differenceText(change, answer)}${share}`;
};

const signed = (ratio: number): string => `${ratio > 0 ? "+" : ""}${percentText(ratio)}`;

const dimensionColumns = (answers: ReadonlyArray<KpiAnswer>): ReadonlyArray<Cells> =>
  Object.keys(answers[0]?.group ?? {}).map((title) => ({
    title,
    align: "left",
    cell: ({ group }) => group[title] ?? "",
  }));

const valueColumn = right("value", valueText);

const comparedColumns: ReadonlyArray<Cells> = [
  right("from", basisText),
  right("compared", (answer) => (answer.compare ? numberText(answer.compare.value, answer) : "")),
  right("change", changeText),
];

const targetColumns: ReadonlyArray<Cells> = [
  right("target", (answer) => (answer.target === undefined ? "" : numberText(answer.target, answer))),
  right("attained", attainedText),
  right("by now", (answer) => (answer.expected === undefined ? "" : numberText(answer.expected, answer))),
  right("gap", (answer) => (answer.gap === undefined ? "" : numberText(answer.gap, answer))),
];

const noteColumn: Cells = { title: "note", align: "left", cell: noteText };

/** The columns that any answer has something for. */
const filled = (columns: ReadonlyArray<Cells>, answers: ReadonlyArray<KpiAnswer>): ReadonlyArray<Cells> =>
  columns.filter(({ cell }) => answers.some((answer) => cell(answer) !== ""));

const tableOf = (columns: ReadonlyArray<Cells>, answers: ReadonlyArray<KpiAnswer>): string =>
  tableText(
    columns,
    answers.map((answer) => columns.map(({ cell }) => cell(answer))),
  );

const fits = (table: string): boolean => table.split("\n").every((line) => textWidth(line) <= lineWidthMax);

/** The notes below a table, one line for all groups that have the same. */
const notesText = (answers: ReadonlyArray<KpiAnswer>): string => {
  const groups = new Map<string, string[]>();
  for (const answer of answers) {
    const note = noteText(answer);
    if (note !== "") groups.set(note, [...(groups.get(note) ?? []), groupText(answer.group)]);
  }
  const lines = [...groups].map(([note, named]) =>
    safeText(`note            ${named.length === answers.length ? "" : `${named.join("; ")}: `}${note}`),
  );
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
};

/** One table; where a terminal's line is too short for that, the notes below it, and the targets in one of their own. */
export const kpiTableText = (answers: ReadonlyArray<KpiAnswer>): string => {
  const dims = dimensionColumns(answers);
  const compared = filled(comparedColumns, answers);
  const targets = filled(targetColumns, answers);
  const begin = [...dims, valueColumn, ...compared];
  const whole = tableOf([...begin, ...targets, ...filled([noteColumn], answers)], answers);
  if (fits(whole)) return whole;
  const noteless = tableOf([...begin, ...targets], answers);
  const notes = notesText(answers);
  if (targets.length === 0 || fits(noteless)) return `${noteless}${notes}`;
  return `${tableOf(begin, answers)}\n${tableOf([...dims, valueColumn, ...targets], answers)}${notes}`;
};
