/**
 * Commits pages until the state store refuses, under a limit on file size set by whoever starts it; prints the refusal.
 * Argument: folder.
 */
import { StateStore } from "../runtime/state-store.ts";

const [folder = ""] = process.argv.slice(2);
const store = new StateStore(folder);
const pageBytes = 4080;
const commitsMax = 1_000;

let said = "";
for (let n = 0; said === "" && n < commitsMax; n += 1) {
  const pages = Array.from({ length: 20 }, (_, page) => ({
    table: 0,
    page: n * 20 + page,
    bytes: Buffer.alloc(pageBytes),
  }));
  said = await store.commit(new Map([["task", { head: "{}", pages }]])).then(
    () => "",
    (error: unknown) => String(error),
  );
}
// Time for rejections that nobody looks at: they would end the process.
await new Promise((resolve) => setTimeout(resolve, 50));
console.log(said);
