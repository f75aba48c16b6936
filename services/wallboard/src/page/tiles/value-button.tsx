import type { NumberFormat } from "../../board/board-definition.ts";
import type { NumberData } from "../../board/tile-data.ts";
import { textWidthEm } from "../charts/text-width.ts";
import { formatValue } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { fill } from "../texts/texts.ts";

/** A bold letter is this much wider than a plain one. */
const boldness = 1.16;
/** Short numbers stand no larger than those of about four figures, so that a row of tiles keeps one size. */
const leastEm = 3;

interface ValueProps {
  readonly data: NumberData;
  readonly format: NumberFormat;
  readonly reader: Reader;
  /** Opens what stands behind the number. */
  readonly onOpen: () => void;
}

/** A number as large as its tile allows; by click or Enter it opens down to the events. */
export const ValueButton = ({ data, format, reader, onOpen }: ValueProps) => {
  const { locale, texts } = reader;
  const shown = data.value === null ? texts.noData : formatValue(data.value, data, locale, texts, format);
  return (
    <button
      type="button"
      class="value"
      style={{ "--ems": String(Math.max(leastEm, boldness * textWidthEm(shown))) }}
      aria-label={fill(texts.explain, { number: shown })}
      onClick={onOpen}
    >
      <span key={shown} class="value-text">
        {shown}
      </span>
    </button>
  );
};
