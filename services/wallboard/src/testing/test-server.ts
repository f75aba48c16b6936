import fastify, { type FastifyInstance } from "fastify";
import { registerWallboard, type WallboardOptions } from "../register-wallboard.ts";
import { createFakeSource, type FakeSource } from "./fake-source.ts";

export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly source: FakeSource;
  readonly app: FastifyInstance;
}

/** The wallboard over the invented company, on a free port of the loopback unless one is given. */
export const startTestServer = async (
  options: Partial<WallboardOptions> = {},
  port = 0,
  source = createFakeSource(Date.now()),
): Promise<TestServer> => {
  const app = fastify();
  registerWallboard(app, source, { nowMs: Date.now, ...options });
  const url = await app.listen({ host: "127.0.0.1", port });
  return { url, port: Number(new URL(url).port), source, app };
};
