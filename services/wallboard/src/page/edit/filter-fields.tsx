import type { TileFilter } from "../../board/board-definition.ts";
import type { Reader } from "../reader/reader.ts";
import type { EditTexts } from "./edit-texts.ts";

interface FilterProps {
  readonly where: ReadonlyArray<TileFilter>;
  readonly dimensions: ReadonlyArray<string>;
  readonly reader: Reader;
  readonly words: EditTexts;
  readonly onWhere: (where: ReadonlyArray<TileFilter>, word?: string) => void;
}

/** `Team is north`, any number of them; all of them have to hold. */
export const FilterFields = ({ where, dimensions, reader, words, onWhere }: FilterProps) => {
  const [first] = dimensions;
  if (first === undefined && where.length === 0) return null;
  const put = (index: number, filter: TileFilter, word?: string): void =>
    onWhere(
      where.map((one, at) => (at === index ? filter : one)),
      word,
    );
  return (
    <fieldset class="filters">
      <legend>{words.filters}</legend>
      {where.map(([dimension, value], index) => (
        <div class="filter" key={index}>
          <select
            aria-label={words.filterBy}
            value={dimension}
            onChange={(event) => put(index, [event.currentTarget.value, value])}
          >
            {[...new Set([dimension, ...dimensions])].map((one) => (
              <option key={one} value={one}>
                {reader.names.dimension(one)}
              </option>
            ))}
          </select>
          <input
            type="text"
            aria-label={words.filterValue}
            placeholder={words.filterValue}
            value={value}
            onInput={(event) => put(index, [dimension, event.currentTarget.value], `filter ${index}`)}
          />
          <button
            type="button"
            class="icon"
            aria-label={words.removeFilter}
            title={words.removeFilter}
            onClick={() => onWhere(where.filter((_one, at) => at !== index))}
          >
            ×
          </button>
        </div>
      ))}
      {first !== undefined && (
        <button type="button" onClick={() => onWhere([...where, [first, ""]])}>
          {words.addFilter}
        </button>
      )}
    </fieldset>
  );
};
