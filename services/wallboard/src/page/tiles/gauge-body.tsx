import { formatRatio, formatSigned, formatValue } from "../reader/number-format.ts";
import { fill } from "../texts/texts.ts";
import { cautionsOf } from "./cautions.ts";
import { arcPath, gaugeEnd, markPath } from "./gauge-arc.ts";
import { reachOf, type TargetReach } from "./target-reach.ts";
import { reachShapes, reachText } from "./target-text.ts";
import type { TileBodyProps } from "./tile-body.ts";
import { ValueButton } from "./value-button.tsx";

const radius = 86;

interface ArcProps {
  readonly value: number | null;
  readonly target: number | undefined;
  readonly unit: string;
  readonly reach: TargetReach | undefined;
}

/** The arc up to the value; a long mark at the target, a short one where the pace is. Said in words beside it. */
const ArcView = ({ value, target, unit, reach }: ArcProps) => {
  const end = gaugeEnd(value, target ?? value ?? 0, unit);
  const pace = reach?.pace ?? null;
  return (
    <svg class="gauge-arc" viewBox="0 0 200 136" aria-hidden="true">
      <path class="gauge-track" d={arcPath(0, 1, radius)} />
      <path class="gauge-fill" d={arcPath(0, (value ?? 0) / end, radius)} />
      {target !== undefined && <path class="gauge-target" d={markPath(target / end, radius - 12, radius + 12)} />}
      {pace !== null && pace < 1 && target !== undefined && (
        <path class="gauge-pace" d={markPath((pace * target) / end, radius - 8, radius + 8)} />
      )}
    </svg>
  );
};

/** What is missing; of a ratio in points, since a percentage of a percentage misleads. */
const toGoText = (missing: number, { definition, data, reader }: TileBodyProps<"gauge">): string => {
  const { locale, texts } = reader;
  const amount =
    data.unit === "ratio"
      ? `${formatSigned(missing * 100, 1, locale).slice(1)}\u00a0${texts.points}`
      : formatValue(missing, data, locale, texts, definition.format);
  return fill(texts.toGo, { amount });
};

/** The state and the target in words: the first what matters now, the second what it is held against. */
const WordsView = (props: TileBodyProps<"gauge"> & { readonly reach: TargetReach | undefined }) => {
  const { definition, data, reader, reach } = props;
  const { locale, texts } = reader;
  const { target, value } = data;
  if (target === undefined || reach === undefined || value === null)
    return <p class="gauge-words">{cautionsOf(data, texts).join(", ") || texts.flags.no_target}</p>;
  const words = reachText(reach, texts);
  return (
    <p class="gauge-words">
      {words === "" ? (
        <span class="target-state">{toGoText(target.value - value, props)}</span>
      ) : (
        <span class="target-state">
          <span aria-hidden="true">{reachShapes[reach.state]}</span> {words}
        </span>
      )}
      <span class="target-goal">
        {fill(texts.target, { target: formatValue(target.value, data, locale, texts, definition.format) })}
      </span>
    </p>
  );
};

/** A number on its way to its target: how much of it is reached, and whether that is on pace. */
export const GaugeBody = (props: TileBodyProps<"gauge">) => {
  const { definition, data, reader, board } = props;
  const { target, value, unit } = data;
  const reach = target === undefined ? undefined : reachOf(data, target);
  const share = unit === "ratio" ? null : (reach?.share ?? null);
  return (
    <div class="gauge" data-tone={reach?.tone ?? "plain"} data-empty={value === null}>
      <div class="gauge-dial">
        <ArcView value={value} target={target?.value} unit={unit} reach={reach} />
        <ValueButton
          data={data}
          format={definition.format}
          reader={reader}
          onOpen={() => board.explain(definition.id)}
        />
        {share !== null && (
          <p class="gauge-share">
            {fill(reader.texts.ofTarget, { percent: formatRatio(share, reader.locale, { decimals: 0 }) })}
          </p>
        )}
      </div>
      <WordsView {...props} reach={reach} />
    </div>
  );
};
