import { safeText } from "./safe-text.ts";

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

export const leftColumn = (title: string): Column => ({ title, align: "left" });
export const rightColumn = (title: string): Column => ({ title, align: "right" });

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const combining = /\p{Mn}|\p{Me}|\u200d|\ufe0f/u;

/** How many columns of a terminal a text takes. */
export const textWidth = (text: string): number => {
  let width = 0;
  for (const character of text) width += combining.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
};

/** How many columns a line for people may take. */
export const lineWidthMax = 100;

const spaceFor = (text: string, width: number): string => " ".repeat(Math.max(0, width - textWidth(text)));

/** A text with spaces behind it up to a width. */
export const paddedText = (text: string, width: number): string => text + spaceFor(text, width);

const pad = (text: string, width: number, align: Column["align"]): string =>
  align === "left" ? paddedText(text, width) : spaceFor(text, width) + text;

/** A text behind its beginning, broken between words where a line would be too wide, and indented by that beginning. */
export const wrappedText = (beginning: string, text: string): string => {
  const indent = " ".repeat(textWidth(beginning));
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(indent) + textWidth(longer) > lineWidthMax) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return beginning + [...lines, line].join(`\n${indent}`);
};

/** A plain table: a heading, a rule, a line per row. Cells are made safe for a terminal. */
export const tableText = (columns: ReadonlyArray<Column>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const cells = rows.map((row) => columns.map((_, index) => safeText(row[index] ?? "")));
  const widths = columns.map(({ title }, index) =>
    Math.max(textWidth(title), ...cells.map((row) => textWidth(row[index] ?? ""))),
  );
  const line = (row: ReadonlyArray<string>): string =>
    columns
      .map(({ align }, index) => pad(row[index] ?? "", widths[index] ?? 0, align))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [line(columns.map(({ title }) => title)), rule, ...cells.map(line), ""].join("\n");
};
