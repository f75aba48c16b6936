import type { FunnelData } from "../../board/tile-data.ts";
import { formatCount, formatRatio } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { fill } from "../texts/texts.ts";
import type { BarRow } from "./bar-rows.tsx";
import { barShares } from "./bar-shares.ts";
import { stageName } from "./stage-name.ts";

/** Stages with how many entered, and what part of them went on; from the last stage one goes on by winning. */
export const funnelRows = ({ stages }: Pick<FunnelData, "stages">, { locale, texts }: Reader): BarRow[] => {
  const won = stages.at(-1)?.advances ?? 0;
  const shares = barShares([...stages.map(({ entries }) => entries), won]);
  const rows = stages.map(({ stage, entries, advances }, index): BarRow => {
    const goesOn = entries > 0;
    const percent = goesOn ? formatRatio(advances / entries, locale) : "";
    const { from = 0, to = 0 } = shares[index] ?? {};
    return {
      key: stage,
      name: stageName(stage, locale),
      from,
      to,
      value: formatCount(entries, locale),
      note: goesOn ? `↓ ${percent}` : "",
      ...(goesOn ? { noteSpoken: fill(texts.charts.goOn, { percent }) } : {}),
    };
  });
  const { from = 0, to = 0 } = shares.at(-1) ?? {};
  return [...rows, { key: "/won", name: texts.events.won, from, to, tone: "better", value: formatCount(won, locale) }];
};
