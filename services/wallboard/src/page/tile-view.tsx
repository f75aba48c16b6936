import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { BoardTile } from "../board-source.ts";
import { changeOf } from "./change-against-prior.ts";
import { formatCount, formatValue } from "./number-format.ts";
import { SparklineView } from "./sparkline-view.tsx";
import { fill, type Texts } from "./texts.ts";

interface TileProps {
  readonly tile: ReadonlySignal<BoardTile>;
  readonly locale: string;
  readonly texts: Texts;
}

const arrows = { up: "▲", down: "▼", flat: "●", unknown: "" } as const;

/** The catalogue's cautions in words; one that the page does not know yet is shown as it is written. */
const cautionsOf = (tile: BoardTile, texts: Texts): string[] =>
  tile.flags.map((flag) => texts.flags[flag] ?? flag.replaceAll("_", " "));

/** What the value rests on: both parts of a ratio, or how many observations; cautions beside it. */
const basisOf = (tile: BoardTile, locale: string, texts: Texts): string => {
  const { numerator, denominator, count, countText, unit } = tile;
  if (tile.value === null) return "";
  const parts: string[] = [];
  if (unit === "ratio" && numerator !== undefined && denominator !== undefined)
    parts.push(fill(texts.of, { part: formatCount(numerator, locale), whole: formatCount(denominator, locale) }));
  else if (count !== undefined)
    parts.push(`${countText === undefined ? "n =" : ""} ${formatCount(count, locale)} ${countText ?? ""}`.trim());
  return [...parts, ...cautionsOf(tile, texts)].join(" · ");
};

const ChangeView = ({ tile, locale, texts }: { tile: BoardTile; locale: string; texts: Texts }) => {
  if (tile.value === null) return <p class="change reason">{cautionsOf(tile, texts).join(", ")}</p>;
  const change = changeOf(tile, locale, texts);
  const compared = change.direction === "unknown" ? "" : fill(texts.compared, { prior: tile.priorText });
  return (
    <p class="change" title={compared} data-tone={change.tone} data-direction={change.direction}>
      <span class="change-amount">
        <span aria-hidden="true">{arrows[change.direction]}</span> {change.text}
      </span>
      {change.tone !== "plain" && <span class="unseen">{texts[change.tone]}</span>}
      {compared !== "" && <span class="prior"> {compared}</span>}
    </p>
  );
};

/** One headline number: title, value, change, what it rests on, and its course. Every line keeps its place. */
export const TileView = ({ tile, locale, texts }: TileProps) => {
  const shown = useComputed(() =>
    tile.value.value === null ? texts.noData : formatValue(tile.value.value, tile.value, locale, texts),
  );
  const now = tile.value;
  const basis = basisOf(now, locale, texts);
  return (
    <li class="tile" data-tile={now.id} data-empty={now.value === null}>
      <h2 title={`${now.title}, ${now.windowText}`}>
        <span class="tile-title">{now.title}</span> <span class="tile-window">{now.windowText}</span>
      </h2>
      <p class="value" style={{ "--chars": String(Math.max(6, shown.value.length)) }}>
        <span key={shown.value} class="value-text">
          {shown.value}
        </span>
      </p>
      <ChangeView tile={now} locale={locale} texts={texts} />
      <p class="basis" title={basis}>
        {basis}
      </p>
      <SparklineView
        points={now.sparkline}
        text={now.sparklineText}
        fromZero={now.unit !== "ratio"}
        read={(value) => formatValue(value, now, locale, texts)}
      />
    </li>
  );
};
