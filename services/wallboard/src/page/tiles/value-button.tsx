import type { NumberFormat } from "../../board/board-definition.ts";
import type { NumberData } from "../../board/tile-data.ts";
import { formatValue } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { fill } from "../texts/texts.ts";

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
      style={{ "--chars": String(Math.max(5, shown.length)) }}
      aria-label={fill(texts.explain, { number: shown })}
      onClick={onOpen}
    >
      <span key={shown} class="value-text">
        {shown}
      </span>
    </button>
  );
};
