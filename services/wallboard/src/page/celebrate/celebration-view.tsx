import { effect, type ReadonlySignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { BoardStore } from "../board-store.ts";
import type { Reader } from "../reader/reader.ts";
import { type CelebrationQueue, createCelebrationQueue } from "./celebration-queue.ts";
import { type CelebrationText, celebrationText } from "./celebration-text.ts";
import { playFanfare } from "./fanfare.ts";

interface CelebrationProps {
  /** Of the board in front. */
  readonly store: ReadonlySignal<BoardStore | undefined>;
  readonly reader: ReadonlySignal<Reader>;
  /** Whether anybody sees it: what comes meanwhile is not kept for later. */
  readonly isSeen: () => boolean;
}

const pieces = 36;
const colours = 7;

/** Where a piece of confetti flies, from its index alone: spread evenly, and the same each time. */
const pieceStyle = (index: number): Record<string, string> => {
  const spread = (step: number): number => ((index * step) % pieces) / pieces;
  return {
    "--x": `${Math.round((spread(7) - 0.5) * 90)}vw`,
    "--y": `${Math.round(-20 - spread(11) * 55)}vh`,
    "--turn": `${Math.round(180 + spread(5) * 540)}deg`,
    "--wait": `${Math.round(spread(13) * 300)}ms`,
    "--colour": `var(--series-${(index % colours) + 1})`,
  };
};

const Confetti = () => (
  <div class="confetti" aria-hidden="true">
    {Array.from({ length: pieces }, (_, index) => (
      <i key={index} style={pieceStyle(index)} />
    ))}
  </div>
);

/** A new board's last frame is no news: only what comes while it is watched. */
const followStore = (store: CelebrationProps["store"], queue: CelebrationQueue, isSeen: () => boolean): (() => void) =>
  effect(() => {
    let isFirst = true;
    const followed = store.value?.celebrations;
    return followed?.subscribe((events) => {
      if (!isFirst && isSeen()) queue.add(events);
      isFirst = false;
    });
  });

interface BannerProps extends CelebrationText {
  readonly close: string;
  readonly onDismiss: () => void;
}

const Banner = ({ text, amount, close, onDismiss }: BannerProps) => (
  <div class="celebration-banner">
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 2.500l2.900 6.100 6.600.9-4.800 4.600 1.200 6.600-5.900-3.200-5.900 3.200 1.200-6.600-4.800-4.600 6.600-.9z" />
    </svg>
    <p>
      {text} {amount !== "" && <strong>{amount}</strong>}
    </p>
    <button type="button" aria-label={close} onClick={onDismiss}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M5 5l10 10M15 5L5 15" />
      </svg>
    </button>
  </div>
);

/** A won deal or a reached target: a banner for four seconds, with confetti for those who like motion. */
export const CelebrationView = ({ store, reader, isSeen }: CelebrationProps) => {
  const queue = useMemo(
    () =>
      createCelebrationQueue(
        (delayMs, task) => {
          const handle = setTimeout(task, delayMs);
          return () => clearTimeout(handle);
        },
        () => {
          if (store.peek()?.head.peek()?.board.celebrate.sound === true) void playFanfare();
        },
      ),
    [store],
  );
  useEffect(() => followStore(store, queue, isSeen), [store, queue, isSeen]);
  const shown = queue.shown.value;
  const { texts } = reader.value;
  const told = shown === null ? null : celebrationText(shown, store.value?.head.value?.board, reader.value);
  return (
    <>
      <p class="unseen" role="status">
        {told === null ? "" : `${texts.celebration.label}: ${told.text} ${told.amount}`}
      </p>
      {told !== null && shown !== null && (
        <section
          class="celebration"
          key={`${shown.kind} ${shown.id}`}
          data-kind={shown.kind}
          aria-label={texts.celebration.label}
        >
          <Confetti />
          <Banner {...told} close={texts.close} onDismiss={queue.dismiss} />
        </section>
      )}
    </>
  );
};
