import type { LeaderboardTile } from "../../board/board-definition.ts";
import type { LeaderboardData } from "../../board/tile-data.ts";
import { formatCount, formatRatio } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { fill } from "../texts/texts.ts";
import type { BarRow } from "./bar-rows.tsx";
import { barShares } from "./bar-shares.ts";
import { shortText } from "./tick-text.ts";

type Ranked = LeaderboardData["rows"][number];

const fullPercent = (share: number, locale: string): string =>
  formatRatio(share, locale, { decimals: 0 }).replace("-", "−");

/** Beyond twice the target a bar says no more, and would press all others flat. */
const reachedMax = 2;

/** With a target, a bar is the way to it: the mark stands at 100 %, and who is beyond it has a tick besides the colour. */
const toTarget = ({ reached }: Ranked, most: number, { locale, texts }: Reader): Partial<BarRow> => {
  const share = Math.max(0, reached ?? 0);
  const percent = reached === null || reached === undefined ? "" : fullPercent(reached, locale);
  return {
    from: 0,
    to: Math.min(share, most) / most,
    ...(percent === "" ? {} : { mark: 1 / most }),
    tone: share >= 1 ? "better" : "plain",
    note: percent === "" ? "–" : share >= 1 ? `✓ ${percent}` : percent,
    noteSpoken: percent === "" ? (texts.flags.no_target ?? "") : fill(texts.ofTarget, { percent }),
  };
};

/** Rows of a leaderboard: the first is first; bars are shares of the best, or the way to each one's target. */
export const leaderboardRows = (
  data: LeaderboardData,
  definition: Pick<LeaderboardTile, "rows" | "format">,
  reader: Reader,
): BarRow[] => {
  const rows = data.rows.slice(0, definition.rows);
  const hasTarget = rows.some(({ reached }) => reached !== undefined && reached !== null);
  const most = Math.min(reachedMax, Math.max(1, ...rows.map(({ reached }) => reached ?? 0)));
  const shares = barShares(rows.map(({ value }) => value ?? 0));
  const isSample = data.unit === "ratio" || data.unit === "s";
  return rows.map((row, index) => {
    const { from = 0, to = 0 } = shares[index] ?? {};
    const sample = isSample && row.count !== undefined;
    return {
      key: row.name,
      rank: formatCount(index + 1, reader.locale),
      name: row.name === "" ? reader.texts.noOwner : row.name,
      from,
      to,
      value: row.value === null ? "–" : shortText(row.value, data, definition.format, reader),
      ...(sample ? { note: fill(reader.texts.sampleSize, { count: formatCount(row.count, reader.locale) }) } : {}),
      ...(hasTarget ? toTarget(row, most, reader) : {}),
    };
  });
};
