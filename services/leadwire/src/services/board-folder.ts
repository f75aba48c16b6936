import { BoardShelf, type ShelfOptions } from "@leadwire/wallboard";
import { calmly } from "./calmly.ts";

const everyMs = 1_000;

export interface OpenShelf {
  readonly shelf: BoardShelf;
  /** Resolves once nothing is read any more. */
  readonly stop: () => Promise<void>;
}

/** The boards of a folder, looked through every second: what is changed there is shown without a restart. */
export const openShelf = async (options: ShelfOptions & { readonly nowMs: () => number }): Promise<OpenShelf> => {
  const { folder, nowMs, onNotice } = options;
  const shelf = new BoardShelf(options);
  await shelf.refresh();
  const onFault = calmly(nowMs, onNotice);
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      await shelf.refresh();
    } catch (fault) {
      // A folder that cannot be read for a while is no reason to show nothing.
      onFault(
        `The boards stay as they are: ${folder} cannot be read. ${fault instanceof Error ? fault.message : fault}`,
      );
    }
    sleep();
  };
  const sleep = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      looking = look();
    }, everyMs);
  };
  sleep();
  return {
    shelf,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
};
