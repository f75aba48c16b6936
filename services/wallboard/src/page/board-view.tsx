import type { BoardStore } from "./board-store.ts";
import { FeedView } from "./feed-view.tsx";
import { ClockView, FreshnessView, freshnessState } from "./freshness-view.tsx";
import { LeaderboardView } from "./leaderboard-view.tsx";
import { textsFor } from "./texts.ts";
import { TileView } from "./tile-view.tsx";

interface BoardProps {
  readonly store: BoardStore;
  /** Stops the page from moving, or lets it go on with everything that it missed. */
  readonly onPause: (paused: boolean) => void;
}

const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="7" />
    <path d="M6 22l7-7 5 4 8-10" />
  </svg>
);

export const BoardView = ({ store, onPause }: BoardProps) => {
  const head = store.head.value;
  const texts = textsFor(head?.locale ?? "en");
  const paused = store.connection.value === "paused";
  return (
    <div class="page" data-state={freshnessState(store)}>
      <a class="skip" href="#numbers">
        {texts.skipToNumbers}
      </a>
      <header class="top">
        <Mark />
        <h1>{head?.title ?? "Leadwire"}</h1>
        <FreshnessView store={store} head={head} texts={texts} />
        <ClockView store={store} head={head} texts={texts} />
        <button class="pause" type="button" aria-pressed={paused} onClick={() => onPause(!paused)}>
          {paused ? texts.resume : texts.pause}
        </button>
      </header>
      <main class="board" id="numbers" tabIndex={-1}>
        {head === null ? (
          <p class="empty">{texts.waiting}</p>
        ) : (
          <>
            <ul class="tiles" aria-label={texts.numbers}>
              {store.tiles.value.map((tile) => (
                <TileView key={tile.peek().id} tile={tile} locale={head.locale} texts={texts} />
              ))}
            </ul>
            <div class="side">
              <LeaderboardView leaderboards={store.leaderboards} locale={head.locale} texts={texts} />
              <FeedView feed={store.feed} nowMs={store.nowMs} head={head} texts={texts} />
            </div>
          </>
        )}
      </main>
    </div>
  );
};
