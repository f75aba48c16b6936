import type { StateCapture } from "@leadwire/stream";
import type { Mutation } from "../mutation.ts";

/** Faults of what a commit keeps. */

/** Writes a commit in two halves, as if it were two. */
const torn = (
  name: string,
  says: string,
  halves: (capture: StateCapture, held: string | undefined) => StateCapture,
): Mutation => ({
  name,
  says,
  store: (log, store) => [
    log,
    {
      ...store,
      commit: async (captures) => {
        const first = new Map<string, StateCapture>();
        for (const [task, capture] of captures) first.set(task, halves(capture, store.load(task)?.head));
        await store.commit(first);
        await store.commit(captures);
      },
    },
  ],
});

export const positionWithoutState = torn(
  "position-without-state",
  "the position is durable before the pages it stands for",
  ({ head }, held) => ({ head: withPositionOf(held ?? head, head), pages: [] }),
);

/** The tables' lengths of one head with the position of another. */
const withPositionOf = (head: string, other: string): string => {
  const parsed = JSON.parse(head) as { extra: { position: number } };
  const { position } = (JSON.parse(other) as { extra: { position: number } }).extra;
  return JSON.stringify({ ...parsed, extra: { ...parsed.extra, position } });
};

export const stateWithoutPosition = torn(
  "state-without-position",
  "the pages are durable before the position they stand for",
  ({ head, pages }, held) => ({ head: held === undefined ? withPosition(head, 0) : withPositionOf(head, held), pages }),
);

const withPosition = (head: string, position: number): string => {
  const parsed = JSON.parse(head) as { extra: object };
  return JSON.stringify({ ...parsed, extra: { ...parsed.extra, position } });
};

export const snapshotWithNewerPosition: Mutation = {
  name: "snapshot-with-newer-position",
  says: "restored state is said to stand for more of the log than it does",
  store: (log, store) => [
    log,
    {
      ...store,
      load: (task) => {
        const saved = store.load(task);
        if (saved === undefined) return undefined;
        const { position } = (JSON.parse(saved.head) as { extra: { position: number } }).extra;
        return { ...saved, head: withPosition(saved.head, position + 1) };
      },
    },
  ],
};

export const pagesForgotten: Mutation = {
  name: "pages-forgotten",
  says: "a commit leaves out a page that changed",
  store: (log, store, { world: { scheduler } }) => [
    log,
    {
      ...store,
      commit: async (captures) => {
        const fewer = new Map<string, StateCapture>();
        for (const [task, { head, pages }] of captures) {
          const left = store.load(task) === undefined ? -1 : scheduler.random.whole(0, pages.length);
          fewer.set(task, { head, pages: pages.filter((_, n) => n !== left) });
        }
        await store.commit(fewer);
      },
    },
  ],
};
