import { createReadStream } from "node:fs";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { openImport } from "./import-file.ts";
import { loadMapping } from "./load-mapping.ts";
import { RowCursor } from "./row-cursor.ts";

/** Import of generated rows on one core: CSV to encoded events, with the reading of the rows alone as the floor. */
const rows = Number(process.argv[2] ?? 200_000);
const lookups: Readonly<Record<string, string>> = {
  "accounts.csv": "account,sector\nAcme,technolgy\nBetatech,medical\n",
  "products.csv": "product,sales_price\nGTX Pro,4821\nMG Special,55\n",
  "sales_teams.csv": "sales_agent,manager,regional_office\nAna Pop,Dan,East\nIon Rus,Eva,West\n",
};

const row = (index: number): string => {
  const day = `${1 + (index % 12)}/${1 + (index % 28)}/2017`;
  const stage = ["Won", "Lost", "Engaging"][index % 3];
  const close = index % 3 === 2 ? "," : `${day},${index % 5000}`;
  const agent = index % 2 === 0 ? "Ana Pop" : "Ion Rus";
  return `OPP${index},${agent},${index % 4 === 0 ? "GTXPro" : "MG Special"},${index % 5 === 0 ? "" : "Acme"},${stage},${day},${close}`;
};

const folder = await mkdtemp(join(tmpdir(), "leadwire-import-"));
try {
  const path = join(folder, "rows.csv");
  const heading = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value";
  const file = await open(path, "w");
  await file.write(`${heading}\n`);
  for (let from = 0; from < rows; from += 10_000) {
    const count = Math.min(10_000, rows - from);
    await file.write(Array.from({ length: count }, (_, index) => `${row(from + index)}\n`).join(""));
  }
  await file.close();
  for (const [name, content] of Object.entries(lookups)) await writeFile(join(folder, name), content);

  const floorStart = performance.now();
  const cursor = new RowCursor({ encoding: "utf-8", delimiter: "," });
  let fields = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    cursor.feed(chunk);
    while (cursor.next()) fields += cursor.text.split(",").length;
  }
  if (fields !== (rows + 1) * 8) throw new Error(`read ${fields} fields`);
  const floorMs = performance.now() - floorStart;

  const mapping = await loadMapping("crm-sales-opportunities");
  if (mapping._tag === "Left") throw new Error(mapping.left.join("\n"));
  for (let run = 0; run < 3; run += 1) {
    const start = performance.now();
    const cpu = process.cpuUsage();
    const opened = await openImport({ path, mapping: mapping.right, timeZone: "Europe/Bucharest" });
    if (opened._tag === "Left") throw new Error(opened.left.join("\n"));
    let events = 0;
    let quarantined = 0;
    for await (const batch of opened.right.batches) {
      events += batch.records.length;
      quarantined += batch.quarantined.length;
    }
    const { user, system } = process.cpuUsage(cpu);
    const seconds = (performance.now() - start) / 1000;
    const cpuPerEvent = (user + system) / events;
    console.log(
      `import  ${rows} rows  ${events} events (${quarantined} quarantined)  ${Math.round(events / seconds)} events/s  ` +
        `${cpuPerEvent.toFixed(2)} µs CPU/event  ${(cpuPerEvent / ((floorMs * 1000) / events)).toFixed(1)}x rows alone  ` +
        `${Math.round(process.memoryUsage().rss / 1024 / 1024)} MB resident`,
    );
  }
} finally {
  await rm(folder, { recursive: true });
}
