import type { NumberFormat } from "../../board/board-definition.ts";
import type { NumberData, TargetState } from "../../board/tile-data.ts";
import { formatRatio, formatValue } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { fill } from "../texts/texts.ts";
import { reachOf } from "./target-reach.ts";
import { reachShapes, reachText } from "./target-text.ts";

interface TargetProps {
  readonly target: TargetState;
  readonly data: NumberData;
  readonly format: NumberFormat;
  readonly reader: Reader;
}

const percent = (share: number): string => `${Math.round(Math.min(1, Math.max(0, share)) * 1_000) / 10}%`;

/** A bar to the target with a mark where the pace is, and the same in words. */
export const TargetLine = ({ target, data, format, reader }: TargetProps) => {
  const { locale, texts } = reader;
  const reach = reachOf(data, target);
  const words = reachText(reach, texts);
  const goal = fill(texts.target, { target: formatValue(target.value, data, locale, texts, format) });
  return (
    <div class="target" data-tone={reach.tone}>
      <div class="target-bar" aria-hidden="true" style={{ "--share": percent(reach.share ?? 0) }}>
        {reach.pace !== null && reach.pace < 1 && <i class="target-pace" style={{ "--pace": percent(reach.pace) }} />}
      </div>
      <p class="target-text">
        {reach.share !== null && <span class="target-share">{formatRatio(reach.share, locale, { decimals: 0 })}</span>}
        {words !== "" && (
          <span class="target-state">
            <span aria-hidden="true">{reachShapes[reach.state]}</span> {words}
          </span>
        )}
        <span class="target-goal">{goal}</span>
      </p>
    </div>
  );
};
