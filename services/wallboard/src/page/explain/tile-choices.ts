import type { TileDefinition } from "../../board/board-definition.ts";
import type { TileData } from "../../board/tile-data.ts";
import { periodText } from "../charts/period-text.ts";
import { othersName } from "../charts/series-colours.ts";
import { stageName } from "../charts/stage-name.ts";
import { plainWords } from "../reader/catalogue-names.ts";
import type { Reader } from "../reader/reader.ts";
import type { NumberChoice } from "./number-choice.ts";

/** One thing to choose by, such as whose number it is. */
export interface ChoiceField {
  readonly key: keyof NumberChoice;
  readonly label: string;
  /** The empty value is what the tile says without a choice. */
  readonly options: ReadonlyArray<{ readonly value: string; readonly text: string }>;
  readonly chosen: string;
}

type Options = ChoiceField["options"];

const named = (values: ReadonlyArray<string>, text: (value: string) => string): Options =>
  values.map((value) => ({ value, text: text(value) }));

const groupField = (label: string, options: Options, { group }: NumberChoice, { texts }: Reader): ChoiceField => ({
  key: "group",
  label,
  options: [{ value: "", text: texts.explained.everything }, ...options],
  chosen: group ?? "",
});

const partField = (options: Options, chosen: string, { texts }: Reader): ChoiceField => ({
  key: "part",
  label: texts.explained.step,
  options,
  chosen,
});

/** What there is to choose from in a tile, from what it shows right now. */
export const tileChoices = (
  definition: TileDefinition,
  data: TileData | undefined,
  choice: NumberChoice,
  reader: Reader,
): ReadonlyArray<ChoiceField> => {
  const { locale, names, texts } = reader;
  const stages = (from: ReadonlyArray<{ readonly stage: string }>): Options =>
    named(
      from.map(({ stage }) => stage),
      (stage) => stageName(stage, locale),
    );
  switch (data?.type) {
    case "leaderboard": {
      const rows = data.rows.map(({ name }) => name).filter((name) => name !== "");
      const by = definition.type === "leaderboard" ? names.dimension(definition.by) : "";
      return [groupField(by, named(rows, String), choice, reader)];
    }
    case "line":
    case "bar": {
      if (definition.type !== "line" && definition.type !== "bar") return [];
      const { by, unit } = definition;
      const groups = data.series.map(({ name }) => name).filter((name) => name !== othersName);
      const points = data.startsMs.map((startMs) => ({
        value: String(startMs),
        text: periodText(startMs, unit, reader),
      }));
      const pointMs = choice.pointMs ?? data.startsMs.at(-1);
      return [
        ...(by === undefined ? [] : [groupField(names.dimension(by), named(groups, String), choice, reader)]),
        {
          key: "pointMs",
          label: texts.explained.point,
          options: points.reverse(),
          chosen: pointMs === undefined ? "" : String(pointMs),
        },
      ];
    }
    case "funnel":
      return [
        groupField(names.dimension("stage"), stages(data.stages), choice, reader),
        partField(
          named(["entries", "advances"], (part) => texts.explained[part === "advances" ? "advances" : "entries"]),
          choice.part ?? "entries",
          reader,
        ),
      ];
    case "pipeline":
      return [groupField(names.dimension("stage"), stages(data.stages), choice, reader)];
    case "waterfall": {
      const parts = ["start", ...data.steps.map(({ movement }) => movement), "end"];
      const text = (part: string): string => texts.charts.movements[part] ?? plainWords(part);
      return [partField(named(parts, text), choice.part ?? "end", reader)];
    }
    default:
      return [];
  }
};

/** The choice with one field changed. */
export const choiceWith = (choice: NumberChoice, key: keyof NumberChoice, value: string): NumberChoice => {
  const { [key]: _former, ...rest } = choice;
  if (value === "") return rest;
  return key === "pointMs" ? { ...rest, pointMs: Number(value) } : { ...rest, [key]: value };
};
