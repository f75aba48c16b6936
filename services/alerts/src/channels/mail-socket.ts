import { connect, type Socket } from "node:net";
import type { CheckedHost } from "./address-guard.ts";

/**
 * Connects to one of the addresses that were checked. Rejects as a socket fails, and when the signal aborts, which also
 * cuts whatever is being said over it later.
 */
export const openMailSocket = (
  host: string,
  port: number,
  checked: CheckedHost,
  signal: AbortSignal,
): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, lookup: checked.lookup, autoSelectFamily: true });
    const abort = (): void => {
      socket.destroy();
      reject(signal.reason);
    };
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    socket.once("close", () => signal.removeEventListener("abort", abort));
    // Stays: the connection may fail before the mail's transport listens, and an error nobody hears ends the process.
    socket.on("error", reject);
    socket.once("connect", () => resolve(socket));
  });
