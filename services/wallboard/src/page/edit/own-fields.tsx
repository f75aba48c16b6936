import type { TileDefinition } from "../../board/board-definition.ts";
import { CheckField, LinesField, ManyField, NameField, NumberField, SelectField, TextField } from "./fields.tsx";
import type { TileFieldsProps } from "./metric-fields.tsx";

/** Settings that only one type of tile has. */

const comparisons = ["prior", "year", "none"] as const;
const courses = ["hours", "days", "none"] as const;
const units = ["hour", "day", "week", "month"] as const;
const sizes = ["small", "medium", "large"] as const;
const severities = ["critical", "warning", "info"];
const pointsMax = 400;
const rowsMax = 50;

export const OwnFields = ({ tile, reader, words, onTile }: TileFieldsProps<TileDefinition>) => {
  const { texts } = reader;
  switch (tile.type) {
    case "number":
      return (
        <>
          <SelectField
            label={words.compare}
            value={tile.compare}
            values={comparisons}
            textOf={(one) => words.comparisons[one]}
            onChoose={(compare) => onTile({ ...tile, compare })}
          />
          <SelectField
            label={words.course}
            value={tile.course}
            values={courses}
            textOf={(one) => words.courses[one]}
            onChoose={(course) => onTile({ ...tile, course })}
          />
        </>
      );
    case "line":
    case "bar":
      return (
        <div class="field-pair">
          <SelectField
            label={words.per}
            value={tile.unit}
            values={units}
            textOf={(one) => words.units[one]}
            onChoose={(unit) => onTile({ ...tile, unit })}
          />
          <NumberField
            label={words.points}
            value={tile.points}
            min={1}
            max={pointsMax}
            onNumber={(points) => onTile({ ...tile, points }, "points")}
          />
        </div>
      );
    case "leaderboard":
    case "waiting":
      return (
        <NumberField
          label={words.lines}
          value={tile.rows}
          min={1}
          max={rowsMax}
          onNumber={(rows) => onTile({ ...tile, rows }, "rows")}
        />
      );
    case "histogram":
      return (
        <CheckField
          label={words.businessHours}
          isChecked={tile.businessHours}
          onCheck={(businessHours) => onTile({ ...tile, businessHours })}
        />
      );
    case "feed":
      return (
        <ManyField
          legend={words.kinds}
          hint={words.noneIsAll}
          values={Object.keys(texts.events)}
          chosen={tile.kinds}
          textOf={(kind) => Object.entries(texts.events).find(([one]) => one === kind)?.[1] ?? kind}
          onChoose={(kinds) => onTile({ ...tile, kinds })}
        />
      );
    case "alerts":
      return (
        <ManyField
          legend={words.severities}
          hint={words.noneIsAll}
          values={severities}
          chosen={tile.severities}
          textOf={(one) => texts.severities[one] ?? one}
          onChoose={(chosen) => onTile({ ...tile, severities: chosen })}
        />
      );
    case "text":
      return (
        <>
          <LinesField label={words.text} value={tile.text} onText={(text) => onTile({ ...tile, text }, "text")} />
          <SelectField
            label={words.size}
            value={tile.size}
            values={sizes}
            textOf={(one) => words.sizes[one]}
            onChoose={(size) => onTile({ ...tile, size })}
          />
        </>
      );
    case "image":
      return (
        <>
          <NameField
            label={words.file}
            hint={words.fileHint}
            value={tile.file}
            onText={(file) => onTile({ ...tile, file }, "file")}
          />
          <TextField label={words.alt} value={tile.alt} onText={(alt) => onTile({ ...tile, alt }, "alt")} />
        </>
      );
    default:
      return null;
  }
};
