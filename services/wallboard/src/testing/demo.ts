import { startDemoServer } from "./demo-server.ts";

/** The page over invented data, for working on its looks: `node services/wallboard/src/testing/demo.ts [port]`. */
const { url, wall } = await startDemoServer(Number(process.argv[2] ?? 4790));
const boards = ["company", "team-floor", "response-desk"].map(wall);
for (const board of boards) board.happen(30, Date.now());
setInterval(() => {
  for (const board of boards) board.happen(1, Date.now());
}, 1_500);
process.stdout.write(`${url}\n`);
