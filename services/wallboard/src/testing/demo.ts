import fastify from "fastify";
import { registerWallboard } from "../register-wallboard.ts";
import { createFakeSource } from "./fake-source.ts";

/** The page over invented data, for working on its looks: `node services/wallboard/src/testing/demo.ts [port]`. */
const source = createFakeSource(Date.now());
source.happen(30, Date.now());
setInterval(() => source.happen(1, Date.now()), 1_500);
const app = fastify();
registerWallboard(app, source, { nowMs: Date.now });
process.stdout.write(`${await app.listen({ host: "127.0.0.1", port: Number(process.argv[2] ?? 4790) })}\n`);
