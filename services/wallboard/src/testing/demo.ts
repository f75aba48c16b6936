import { startDemoServer } from "./demo-server.ts";

/** The page over invented data, for working on its looks: `node services/wallboard/src/testing/demo.ts [port] [folder]`. */
const [port = "4790", folder] = process.argv.slice(2);
const { url, wall, shelf } = await startDemoServer({
  port: Number(port),
  ...(folder === undefined ? {} : { folder }),
});
for (const id of shelf.boards().keys()) wall.tiles(id);
wall.happen(30, Date.now());
setInterval(() => wall.happen(1, Date.now()), 1_500);
setInterval(() => void shelf.refresh(), 1_000);
process.stdout.write(`${url}\n`);
