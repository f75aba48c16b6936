import { once } from "node:events";
import { createServer, type Server } from "node:http";

/** `asked`: this one or none. `near`: this one, or the next that is free. `any`: whichever is free. */
export type PortWish = { readonly _tag: "asked" | "near"; readonly port: number } | { readonly _tag: "any" };

export const defaultPort = 4700;
const triesMax = 100;
const portMax = 65_535;

/** No port could be had; the message says which were tried, and the fix. */
class PortsTaken extends Error {
  readonly _tag = "PortsTaken";
}

const isTaken = (fault: unknown): boolean =>
  fault instanceof Error && "code" in fault && (fault.code === "EADDRINUSE" || fault.code === "EACCES");

/** Tries the wished ports one after another; rejects PortsTaken. */
const firstFree = async <A>(wish: PortWish, listen: (port: number) => Promise<A>): Promise<A> => {
  if (wish._tag === "any") return listen(0);
  const last = wish._tag === "asked" ? wish.port : Math.min(wish.port + triesMax, portMax);
  for (let port = wish.port; port <= last; port += 1) {
    try {
      return await listen(port);
    } catch (fault) {
      if (!isTaken(fault)) throw fault;
    }
  }
  throw new PortsTaken(portsTaken(wish));
};

/** What to say where none of the wished ports can be had. */
export const portsTaken = (wish: PortWish): string => {
  if (wish._tag === "asked")
    return `Port ${wish.port} is taken. Name another with --port, or none to take the next free one.`;
  const range =
    wish._tag === "any" ? "All ports" : `The ports ${wish.port} to ${Math.min(wish.port + triesMax, portMax)}`;
  return `${range} are taken. Name a free one with --port.`;
};

/** Whether the one port that was asked for can be had on this machine; any other wish finds one later. */
export const isFree = async (wish: PortWish): Promise<boolean> => {
  if (wish._tag !== "asked") return true;
  const probe = createServer();
  try {
    const listening = once(probe, "listening");
    probe.listen({ host: "127.0.0.1", port: wish.port });
    await listening;
    return true;
  } catch (fault) {
    if (!isTaken(fault)) throw fault;
    return false;
  } finally {
    probe.close();
  }
};

const addressText = (host: string): string => {
  // Nobody can call "every address": what is shown works on this machine.
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
};

/** Listens, and answers the address to call. */
export const listenNear = (server: Server, host: string, wish: PortWish): Promise<string> =>
  firstFree(wish, async (port) => {
    const listening = once(server, "listening");
    server.listen({ host, port });
    await listening;
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server has no port");
    return `http://${addressText(host)}:${address.port}`;
  });
