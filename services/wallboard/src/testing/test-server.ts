import fastify, { type FastifyInstance } from "fastify";
import { registerWallboard, type WallboardOptions } from "../register-wallboard.ts";
import { createFakeWall, type FakeWall } from "./fake-wall.ts";

export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly wall: FakeWall;
  readonly app: FastifyInstance;
}

/** The streams over the invented company, without files or access, on a free port of the loopback. */
export const startTestServer = async (
  options: Partial<WallboardOptions> = {},
  wall = createFakeWall(Date.now()),
): Promise<TestServer> => {
  const app = fastify();
  registerWallboard(app, wall, { nowMs: Date.now, ...options });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return { url, port: Number(new URL(url).port), wall, app };
};
