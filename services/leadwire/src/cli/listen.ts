import type { FastifyInstance } from "fastify";
import { firstFree, PortsTaken, type PortWish } from "../shell/listen.ts";
import { CommandFault } from "./context.ts";

/** Listens on an address; answers what to call. */
export const listen = (app: FastifyInstance, host: string, wish: PortWish): Promise<string> =>
  firstFree(wish, (port) => app.listen({ host, port })).catch((fault: unknown) => {
    throw fault instanceof PortsTaken ? new CommandFault(fault.message) : fault;
  });
