import type { FastifyInstance } from "fastify";
import { CommandFault } from "./context.ts";

/** `asked`: this one or none. `near`: this one, or the next that is free. `any`: whichever is free. */
export type PortWish = { readonly _tag: "asked" | "near"; readonly port: number } | { readonly _tag: "any" };

export const defaultPort = 4700;
const triesMax = 100;
const portMax = 65_535;

const isTaken = (fault: unknown): boolean =>
  fault instanceof Error && "code" in fault && (fault.code === "EADDRINUSE" || fault.code === "EACCES");

/** Listens on this machine alone; answers the address. */
export const listen = async (app: FastifyInstance, wish: PortWish): Promise<string> => {
  const host = "127.0.0.1";
  if (wish._tag === "any") return app.listen({ host, port: 0 });
  const last = wish._tag === "asked" ? wish.port : Math.min(wish.port + triesMax, portMax);
  for (let port = wish.port; port <= last; port += 1) {
    try {
      return await app.listen({ host, port });
    } catch (fault) {
      if (!isTaken(fault)) throw fault;
    }
  }
  throw new CommandFault(
    wish._tag === "asked"
      ? `Port ${wish.port} is taken. Name another with --port, or none to take the next free one.`
      : `The ports ${wish.port} to ${last} are taken. Name a free one with --port.`,
  );
};
