import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { Leaderboard } from "../board-source.ts";
import { formatCount, formatValue } from "./number-format.ts";
import type { Texts } from "./texts.ts";

interface LeaderboardProps {
  readonly leaderboards: ReadonlySignal<ReadonlyArray<Leaderboard>>;
  readonly locale: string;
  readonly texts: Texts;
}

const RowsView = ({ board, locale, texts }: { board: Leaderboard; locale: string; texts: Texts }) => {
  const best = Math.max(...board.rows.map((row) => row.value), 0);
  return (
    <ol class="ranks">
      {board.rows.map((row, index) => (
        <li key={row.name} class="rank" style={{ "--share": best > 0 ? String(Math.max(0, row.value / best)) : "0" }}>
          <span class="rank-place">{index + 1}</span>
          <span class="rank-name">{row.name}</span>
          <span class="rank-count">
            {formatCount(row.count, locale)} {board.countText}
          </span>
          <span class="rank-value">{formatValue(row.value, board, locale, texts)}</span>
        </li>
      ))}
    </ol>
  );
};

/** Who leads: by rep, by team, whatever groups the board has, one at a time. */
export const LeaderboardView = ({ leaderboards, locale, texts }: LeaderboardProps) => {
  const chosen = useSignal<string | null>(null);
  const all = leaderboards.value;
  const board = all.find((candidate) => candidate.id === chosen.value) ?? all[0];
  if (board === undefined) return null;
  return (
    <section
      class="panel leaderboard"
      aria-labelledby="leaderboard-title"
      style={{ "--rows": String(Math.max(...all.map((candidate) => candidate.rows.length))) }}
    >
      <div class="panel-head">
        <h2 id="leaderboard-title">
          {board.title} <span class="tile-window">{board.windowText}</span>
        </h2>
        {all.length > 1 && (
          <div class="choice">
            {all.map((candidate) => (
              <button
                key={candidate.id}
                type="button"
                aria-pressed={candidate === board}
                onClick={() => {
                  chosen.value = candidate.id;
                }}
              >
                {candidate.groupText}
              </button>
            ))}
          </div>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-labelledby="leaderboard-title">
        {board.rows.length > 0 ? (
          <RowsView board={board} locale={locale} texts={texts} />
        ) : (
          <p class="empty">{texts.noRows}</p>
        )}
      </section>
    </section>
  );
};
