import type { CliContext } from "./context.ts";

/** How long a close may take before the process ends without it; nothing is lost then, the log is the truth. */
const closeMsMax = 2_700;

/** Closes at Ctrl-C; the watchdog ends a close that hangs. */
export const closeWithin = async (
  context: CliContext,
  close: () => Promise<void>,
  withinMs: number = closeMsMax,
): Promise<void> => {
  const watchdog = setTimeout(() => context.exit(1), withinMs);
  watchdog.unref();
  try {
    await close();
  } finally {
    clearTimeout(watchdog);
  }
};
