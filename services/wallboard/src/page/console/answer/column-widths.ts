import { textWidthEm } from "../../charts/text-width.ts";
import type { AnswerColumn, Row } from "./answer-lines.ts";
import { cellText } from "./cell-text.ts";

const lookedAt = 200;
const [widthEmMin, widthEmMax] = [4, 26];

/** How wide each column begins, in em: as its name and its first values need, within bounds. */
export const columnWidthsEm = (
  columns: ReadonlyArray<AnswerColumn>,
  rows: ReadonlyArray<Row>,
): ReadonlyArray<number> => {
  const seen = rows.slice(0, lookedAt);
  return columns.map(({ name }, index) => {
    const widest = seen.reduce((em, row) => Math.max(em, textWidthEm(cellText(row[index]).slice(0, 60))), 0);
    // The name has a mark of the order behind it.
    return Math.min(widthEmMax, Math.max(widthEmMin, textWidthEm(name) + 1.4, widest) + 1.4);
  });
};
