import type { NumberTile } from "../../board/board-definition.ts";
import type { NumberData } from "../../board/tile-data.ts";
import { changeOf } from "../reader/change-against-prior.ts";
import { formatCount, formatValue } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { priorText } from "../reader/window-text.ts";
import { SparklineView } from "../sparkline-view.tsx";
import { counted } from "../texts/counted.ts";
import { fill } from "../texts/texts.ts";
import { cautionsOf } from "./cautions.ts";
import { TargetLine } from "./target-line.tsx";
import type { TileBodyProps } from "./tile-body.ts";
import { ValueButton } from "./value-button.tsx";

interface NumberProps {
  readonly definition: NumberTile;
  readonly data: NumberData;
  readonly reader: Reader;
}

const arrows = { up: "▲", down: "▼", flat: "●", unknown: "" } as const;

/** The change, with an arrow, a colour and a word that say the same; beside it what it is against. */
const ChangeLine = ({ definition, data, reader }: NumberProps) => {
  const { locale, texts } = reader;
  if (definition.compare === "none" || data.value === null) return null;
  const change = changeOf(data, locale, texts);
  const prior = priorText(definition.window, definition.compare, reader);
  const against = change.direction === "unknown" ? "" : fill(texts.compared, { prior });
  return (
    <p class="change" data-tone={change.tone} data-direction={change.direction}>
      <span class="change-amount">
        <span aria-hidden="true">{arrows[change.direction]}</span> {change.text}
      </span>
      {change.tone !== "plain" && <span class="unseen"> {texts[change.tone]}</span>}
      {against !== "" && <span class="prior"> {against}</span>}
    </p>
  );
};

/** What the value rests on: both parts of a ratio, or how many observations; cautions beside it. */
const basisOf = ({ data, reader }: NumberProps): string => {
  const { locale, texts } = reader;
  const { numerator, denominator, count, unit, value } = data;
  if (value === null) return "";
  const parts: string[] = [];
  if (unit === "ratio" && numerator !== undefined && denominator !== undefined)
    parts.push(fill(texts.of, { part: formatCount(numerator, locale), whole: formatCount(denominator, locale) }));
  else if (count !== undefined) parts.push(fill(texts.sampleSize, { count: formatCount(count, locale) }));
  return [...parts, ...cautionsOf(data, texts)].join(" · ");
};

const CourseLine = ({ definition, data, reader }: NumberProps) => {
  const { locale, texts } = reader;
  const points = data.course;
  if (definition.course === "none" || points === undefined || points.length === 0) return null;
  return (
    <SparklineView
      points={points}
      text={counted(texts.course[definition.course === "hours" ? "hour" : "day"], points.length, locale)}
      fromZero={data.unit !== "ratio"}
      read={(value) => formatValue(value, data, locale, texts, definition.format)}
    />
  );
};

/** One number: value, change, target, what it rests on, and its course; what there is no room for goes, from below. */
export const NumberBody = (props: TileBodyProps<"number">) => {
  const { definition, data, reader, board } = props;
  const basis = basisOf(props);
  return (
    <div class="number" data-empty={data.value === null} data-targeted={data.target !== undefined}>
      <ValueButton data={data} format={definition.format} reader={reader} onOpen={() => board.explain(definition.id)} />
      {data.value === null && <p class="reason">{cautionsOf(data, reader.texts).join(", ")}</p>}
      <ChangeLine {...props} />
      {data.target !== undefined && (
        <TargetLine target={data.target} data={data} format={definition.format} reader={reader} />
      )}
      {basis !== "" && <p class="basis">{basis}</p>}
      <CourseLine {...props} />
    </div>
  );
};
