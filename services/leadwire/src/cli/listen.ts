import type { FastifyInstance } from "fastify";
import { firstFree, PortsTaken, type PortWish } from "../shell/listen.ts";
import { CommandFault } from "./context.ts";

/** Listens on this machine alone; answers the address. */
export const listen = (app: FastifyInstance, wish: PortWish): Promise<string> =>
  firstFree(wish, (port) => app.listen({ host: "127.0.0.1", port })).catch((fault: unknown) => {
    throw fault instanceof PortsTaken ? new CommandFault(fault.message) : fault;
  });
