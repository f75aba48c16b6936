import type { TileDefinition } from "../../board/board-definition.ts";
import type { CatalogueAnswer } from "../../board/catalogue-answer.ts";
import type { Reader } from "../reader/reader.ts";
import { windowText } from "../reader/window-text.ts";
import type { EditTexts } from "./edit-texts.ts";
import { SelectField } from "./fields.tsx";
import { dimensionsFor, findMetric, windowsFor } from "./metric-choices.ts";
import { withMetric } from "./tile-making.ts";

export interface TileFieldsProps<Tile extends TileDefinition = TileDefinition> {
  readonly tile: Tile;
  readonly catalogue: CatalogueAnswer | null;
  readonly reader: Reader;
  readonly words: EditTexts;
  /** `word`: what is being typed, so that it is undone as a whole. */
  readonly onTile: (tile: TileDefinition, word?: string) => void;
}

type With<Key extends string> = Extract<TileDefinition, Readonly<Record<Key, unknown>>>;

/** Every metric of the catalogue by its name in the reader's language, and what it is below. */
export const MetricField = ({ tile, catalogue, reader, words, onTile }: TileFieldsProps<With<"metric">>) => {
  const order = new Intl.Collator(reader.locale);
  const known = (catalogue?.metrics ?? []).map(({ metric }) => metric);
  const values = [...new Set([tile.metric, ...known])].sort((a, b) =>
    order.compare(reader.names.metric(a), reader.names.metric(b)),
  );
  return (
    <SelectField
      label={words.metric}
      hint={findMetric(catalogue, tile.metric)?.line ?? ""}
      value={tile.metric}
      values={values}
      textOf={reader.names.metric}
      onChoose={(metric) => onTile(withMetric(tile, metric, catalogue))}
    />
  );
};

export const WindowField = ({ tile, catalogue, reader, words, onTile }: TileFieldsProps<With<"window">>) => {
  const values = windowsFor(tile, catalogue);
  if (values.length < 2) return null;
  return (
    <SelectField
      label={words.window}
      value={tile.window}
      values={values}
      textOf={(window) => windowText(window, reader)}
      onChoose={(window) => onTile({ ...tile, window })}
    />
  );
};

/** By what a leaderboard ranks, or what a line for each is drawn for. */
export const GroupField = (
  props: TileFieldsProps<Extract<TileDefinition, { type: "leaderboard" | "line" | "bar" }>>,
) => {
  const { tile, catalogue, reader, words, onTile } = props;
  const none = "";
  const dimensions = [...new Set([...(tile.by === undefined ? [] : [tile.by]), ...dimensionsFor(tile, catalogue)])];
  return (
    <SelectField
      label={words.group}
      value={tile.by ?? none}
      values={tile.type === "leaderboard" ? dimensions : [none, ...dimensions]}
      textOf={(dimension) => (dimension === none ? words.noGroup : reader.names.dimension(dimension))}
      onChoose={(by) => {
        if (tile.type === "leaderboard") return onTile({ ...tile, by });
        const { by: _former, ...rest } = tile;
        return onTile(by === none ? rest : { ...rest, by });
      }}
    />
  );
};
