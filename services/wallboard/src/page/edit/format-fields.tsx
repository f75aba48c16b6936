import type { NumberFormat, TileDefinition } from "../../board/board-definition.ts";
import { CheckField, SelectField } from "./fields.tsx";
import type { TileFieldsProps } from "./metric-fields.tsx";

type Formatted = Extract<TileDefinition, { readonly format: NumberFormat }>;
const digits = ["", "0", "1", "2", "3", "4", "5", "6"];

/** How the numbers of a tile are written. */
export const FormatFields = ({ tile, words, onTile }: TileFieldsProps<Formatted>) => {
  const { decimals, compact } = tile.format;
  return (
    <>
      <SelectField
        label={words.decimals}
        value={decimals === undefined ? "" : String(decimals)}
        values={digits}
        textOf={(one) => (one === "" ? words.asUsual : one)}
        onChoose={(one) => {
          const { decimals: _former, ...rest } = tile.format;
          onTile({ ...tile, format: one === "" ? rest : { ...rest, decimals: Number(one) } });
        }}
      />
      <CheckField
        label={words.compact}
        isChecked={compact === true}
        onCheck={(isChecked) => {
          const { compact: _former, ...rest } = tile.format;
          onTile({ ...tile, format: isChecked ? { ...rest, compact: true } : rest });
        }}
      />
    </>
  );
};
