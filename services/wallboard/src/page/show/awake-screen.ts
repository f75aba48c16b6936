/**
 * Keeps the screen on while the page is looked at. The browser lets go whenever the page is hidden, so it is asked again;
 * where it does not know of this (or the page does not come by https), the screen's own settings count.
 */
export const keepScreenAwake = (): (() => void) => {
  const end = new AbortController();
  let lock: WakeLockSentinel | undefined;
  const ask = async (): Promise<void> => {
    if (end.signal.aborted || document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    try {
      const got = await navigator.wakeLock.request("screen");
      if (end.signal.aborted) void got.release();
      else lock = got;
    } catch {
      // Refused, such as by a low battery: the page works all the same.
    }
  };
  document.addEventListener("visibilitychange", () => void ask(), { signal: end.signal });
  void ask();
  return () => {
    end.abort();
    void lock?.release();
  };
};
