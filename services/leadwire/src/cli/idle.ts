import { setTimeout as sleep } from "node:timers/promises";

const idlePollMs = 25;

/**
 * Resolves once no other command talks to this process, and none finds it any more: its address is taken back first, and
 * whoever came in between is waited for.
 */
export const whenIdle = async (
  connections: () => Promise<number>,
  showAddress: (isOpen: boolean) => void,
): Promise<void> => {
  for (;;) {
    while ((await connections()) > 0) await sleep(idlePollMs);
    showAddress(false);
    if ((await connections()) === 0) return;
    showAddress(true);
  }
};
