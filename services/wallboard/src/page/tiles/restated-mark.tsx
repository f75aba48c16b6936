import type { NumberFormat } from "../../board/board-definition.ts";
import type { Restated, TileData } from "../../board/tile-data.ts";
import { formatCount, formatValue } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { formatMoment } from "../reader/time-format.ts";
import { TipButton } from "../shell/tip-button.tsx";
import { fill } from "../texts/texts.ts";

interface RestatedProps {
  readonly restated: Restated;
  readonly data: TileData;
  readonly format: NumberFormat;
  readonly nowMs: number;
  readonly reader: Reader;
}

/** A closed number that a late record changed: the mark opens to before, after and why. */
export const RestatedMark = ({ restated, data, format, nowMs, reader }: RestatedProps) => {
  const { locale, texts, timeZone } = reader;
  const say = (value: number | null): string => {
    if (value === null) return texts.noData;
    return "unit" in data ? formatValue(value, data, locale, texts, format) : formatCount(value, locale);
  };
  return (
    <TipButton
      class="restated"
      label={`${texts.restated}: ${say(restated.before)} → ${say(restated.after)}`}
      tip={() => (
        <>
          <strong>{[texts.restatedTitle, restated.period].filter((text) => text !== undefined).join(" · ")}</strong>
          <span class="restated-values">
            <span>
              {texts.restatedBefore} <del>{say(restated.before)}</del>
            </span>
            <span aria-hidden="true">→</span>
            <span>
              {texts.restatedAfter} <ins>{say(restated.after)}</ins>
            </span>
          </span>
          <span>{fill(texts.restatedAt, { time: formatMoment(restated.atMs, nowMs, locale, timeZone) })}</span>
          {restated.causes.length > 0 && (
            <span class="restated-causes">
              {texts.restatedWhy}
              {restated.causes.map((cause) => (
                <code key={cause}>{cause}</code>
              ))}
            </span>
          )}
        </>
      )}
    >
      <span aria-hidden="true">↺</span>
    </TipButton>
  );
};
