import { createReadStream, readFileSync } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { start } from "../e2e/leadwire-process.ts";
import { temporaryFolder } from "./demo-log.ts";

const rows = Number(process.argv[2] ?? 1_000_000);
const reps = Array.from({ length: 60 }, (_, n) => `Rep ${n + 1}`);
const products = Array.from({ length: 12 }, (_, n) => `Product ${n + 1}`);
const columns = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value";

/** A date as the export writes it, `day` days after 2 January 2016. */
const dateText = (day: number): string => {
  const date = new Date(Date.UTC(2016, 0, 2) + day * 86_400_000);
  return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
};

const rowText = (n: number): string => {
  const opened = Math.floor((n / rows) * 600);
  const stage = ["Won", "Lost", "Won", "Engaging", "Won", "Lost"][n % 6] ?? "Won";
  const close =
    stage === "Engaging"
      ? ","
      : `${dateText(opened + 5 + ((n * 7919) % 90))},${stage === "Won" ? 100 + (n % 5000) : 0}`;
  const account = n % 7 === 0 ? "" : `Account ${(n * 31) % 4000}`;
  return `OPP${n},${reps[(n * 17) % reps.length]},${products[n % products.length]},${account},${stage},${dateText(opened)},${close}`;
};

const folder = temporaryFolder();
const path = join(folder.path, "sales_pipeline.csv");
const file = await open(path, "w");
await file.write(`${columns}\n`);
for (let from = 0; from < rows; from += 10_000) {
  await file.write(Array.from({ length: Math.min(10_000, rows - from) }, (_, n) => `${rowText(from + n)}\n`).join(""));
}
await file.close();
await writeFile(
  join(folder.path, "accounts.csv"),
  `account,sector\n${Array.from({ length: 4000 }, (_, n) => `Account ${n},retail\n`).join("")}`,
);
await writeFile(
  join(folder.path, "products.csv"),
  `product,sales_price\n${products.map((product) => `${product},1000\n`).join("")}`,
);
await writeFile(
  join(folder.path, "sales_teams.csv"),
  `sales_agent,manager,regional_office\n${reps.map((rep, n) => `${rep},Manager ${n % 6},Region ${n % 3}\n`).join("")}`,
);

/** The floor: the same file read and cut into lines, and nothing else. */
const floorFrom = performance.now();
let read = 0;
for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) read += 1;
}
const floorMs = performance.now() - floorFrom;

const { child, finished } = start([
  "import",
  path,
  "--mapping",
  "crm-sales-opportunities",
  "--data-dir",
  join(folder.path, "data"),
  "--json",
]);
let anonymousKb = 0;
let residentKb = 0;
const watch = setInterval(() => {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  anonymousKb = Math.max(anonymousKb, Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0));
  residentKb = Math.max(residentKb, Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0));
}, 200);
const from = performance.now();
const { code, stdout, stderr } = await finished;
const wallMs = performance.now() - from;
clearInterval(watch);
if (code !== 0) throw new Error(stderr);
const summary = JSON.parse(stdout) as Record<string, unknown>;
process.stdout.write(
  `floor: read and cut into lines    ${read.toLocaleString("en")} rows in ${(floorMs / 1000).toFixed(1)} s\n`,
);
process.stdout.write(
  `import of ${rows.toLocaleString("en")} rows          ${(wallMs / 1000).toFixed(1)} s, peak ${Math.round(anonymousKb / 1024)} MB of its own, ${Math.round(residentKb / 1024)} MB resident with mapped files\n`,
);
process.stdout.write(`${JSON.stringify(summary)}\n`);
folder.dispose();
