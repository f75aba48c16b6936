import { formatRatio, formatValue } from "../reader/number-format.ts";
import { fill } from "../texts/texts.ts";
import { cautionsOf } from "./cautions.ts";
import { arcPath, gaugeEnd, markPath } from "./gauge-arc.ts";
import { type TargetReach, reachOf } from "./target-reach.ts";
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

/** A number on its way to its target: how much of it is reached, and whether that is on pace. */
export const GaugeBody = ({ definition, data, reader, board }: TileBodyProps<"gauge">) => {
  const { locale, texts } = reader;
  const { target, value, unit } = data;
  const reach = target === undefined ? undefined : reachOf(data, target);
  const say = (amount: number): string => formatValue(amount, data, locale, texts, definition.format);
  const words = reach === undefined ? "" : reachText(reach, texts);
  const left = target !== undefined && value !== null && data.better !== "lower" ? target.value - value : 0;
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
        {reach !== undefined && reach.share !== null && (
          <p class="gauge-share">{fill(texts.ofTarget, { percent: formatRatio(reach.share, locale, { decimals: 0 }) })}</p>
        )}
      </div>
      <p class="gauge-words">
        {reach !== undefined && words !== "" && (
          <span class="target-state">
            <span aria-hidden="true">{reachShapes[reach.state]}</span> {words}
          </span>
        )}
        {target !== undefined && <span class="target-goal">{fill(texts.target, { target: say(target.value) })}</span>}
        {left > 0 && <span class="target-goal">{fill(texts.toGo, { amount: say(left) })}</span>}
        {(value === null || target === undefined) && (
          <span class="target-goal">{cautionsOf(data, texts).join(", ") || texts.flags["no_target"]}</span>
        )}
      </p>
    </div>
  );
};
