import { type TileDefinition, type TilePlace, type TileType, tileTypes } from "../../board/board-definition.ts";
import { boardColumns, boardRowsMax } from "../../board/board-grid.ts";
import { titleOf } from "../tiles/tile-title.ts";
import type { EditTexts } from "./edit-texts.ts";
import { NumberField, SelectField, TextField } from "./fields.tsx";
import { FilterFields } from "./filter-fields.tsx";
import { FormatFields } from "./format-fields.tsx";
import { dimensionsFor, findMetric } from "./metric-choices.ts";
import { GroupField, MetricField, type TileFieldsProps, WindowField } from "./metric-fields.tsx";
import { OwnFields } from "./own-fields.tsx";
import { TargetField } from "./target-field.tsx";
import { withType } from "./tile-making.ts";

interface TileFormProps extends TileFieldsProps<TileDefinition> {
  readonly onPlace: (place: TilePlace) => void;
  readonly onRemove: () => void;
}

interface PlaceProps {
  readonly place: TilePlace;
  readonly words: EditTexts;
  readonly onPlace: (place: TilePlace) => void;
}

/** The same as dragging, for whoever cannot drag. */
const PlaceFields = ({ place, words, onPlace }: PlaceProps) => (
  <fieldset class="place">
    <legend>{words.place}</legend>
    <NumberField
      label={words.column}
      value={place.column + 1}
      min={1}
      max={boardColumns}
      onNumber={(column) => onPlace({ ...place, column: column - 1 })}
    />
    <NumberField
      label={words.row}
      value={place.row + 1}
      min={1}
      max={boardRowsMax}
      onNumber={(row) => onPlace({ ...place, row: row - 1 })}
    />
    <NumberField
      label={words.width}
      value={place.columns}
      min={1}
      max={boardColumns}
      onNumber={(columns) => onPlace({ ...place, columns })}
    />
    <NumberField
      label={words.height}
      value={place.rows}
      min={1}
      max={boardRowsMax}
      onNumber={(rows) => onPlace({ ...place, rows })}
    />
  </fieldset>
);

const TargetOf = ({ tile, catalogue, reader, words, onTile }: TileFieldsProps) => {
  if (tile.type !== "number" && tile.type !== "gauge" && tile.type !== "leaderboard") return null;
  return (
    <TargetField
      // Another metric counts in other units.
      key={tile.metric}
      target={tile.target}
      unit={findMetric(catalogue, tile.metric)?.unit ?? ""}
      isNeeded={tile.type === "gauge"}
      reader={reader}
      words={words}
      onTarget={(target, word) => {
        if (tile.type === "gauge") return target === undefined ? undefined : onTile({ ...tile, target }, word);
        const { target: _former, ...rest } = tile;
        return onTile(target === undefined ? rest : { ...rest, target }, word);
      }}
    />
  );
};

/** Everything about one tile, chosen from the catalogue; each change shows on the board at once. */
export const TileForm = (props: TileFormProps) => {
  const { tile, catalogue, reader, words, onTile, onPlace, onRemove } = props;
  const { title: _own, ...unnamed } = tile;
  return (
    <>
      <SelectField<TileType>
        label={words.type}
        value={tile.type}
        values={tileTypes}
        textOf={(type) => words.types[type]}
        onChoose={(type) => onTile(withType(tile, type, catalogue))}
      />
      {"metric" in tile && <MetricField {...props} tile={tile} />}
      {"window" in tile && <WindowField {...props} tile={tile} />}
      {(tile.type === "leaderboard" || tile.type === "line" || tile.type === "bar") && (
        <GroupField {...props} tile={tile} />
      )}
      {"where" in tile && (
        <FilterFields
          where={tile.where}
          dimensions={dimensionsFor(tile, catalogue)}
          reader={reader}
          words={words}
          onWhere={(where, word) => onTile({ ...tile, where }, word)}
        />
      )}
      <OwnFields {...props} />
      <TargetOf {...props} />
      <TextField
        label={words.title}
        value={tile.title ?? ""}
        placeholder={titleOf(unnamed, reader).title}
        onText={(title) => onTile(title === "" ? unnamed : { ...tile, title }, "title")}
      />
      {"format" in tile && <FormatFields {...props} tile={tile} />}
      <PlaceFields place={tile.place} words={words} onPlace={onPlace} />
      <button type="button" class="danger" onClick={onRemove}>
        {words.removeTile}
      </button>
    </>
  );
};
