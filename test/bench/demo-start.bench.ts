import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Served, serveDemo, temporaryDataDir } from "../e2e/leadwire-process.ts";

/** What the demo costs: first start with 90 days of history, second start to serving, memory of both processes. */
const data = temporaryDataDir();

const memoryOf = (pid: number): { readonly ownMb: number; readonly residentMb: number } => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const mb = (name: string): number =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { ownMb: mb("RssAnon"), residentMb: mb("VmRSS") };
};

const childOf = (pid: number): number | undefined =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((candidate) => {
      try {
        return readFileSync(`/proc/${candidate}/stat`, "utf8").split(") ")[1]?.split(" ")[1] === String(pid);
      } catch {
        return false;
      }
    });

const newLeads = async (url: string): Promise<number> => {
  const answer = await fetch(`${url}/api/kpis/new_leads?window=all`);
  const [first] = (await answer.json()) as ReadonlyArray<{ readonly value: number }>;
  return first?.value ?? 0;
};

const timed = async (what: string): Promise<Served> => {
  const fromMs = performance.now();
  const served = await serveDemo(data.path);
  process.stdout.write(`${what.padEnd(36)} ${((performance.now() - fromMs) / 1000).toFixed(2)} s to serving\n`);
  return served;
};

const stop = async ({ child, finished }: Served): Promise<void> => {
  const fromMs = performance.now();
  child.kill("SIGINT");
  await finished;
  process.stdout.write(`${"Ctrl-C".padEnd(36)} ${((performance.now() - fromMs) / 1000).toFixed(2)} s to the end\n`);
};

try {
  const first = await timed("first start, empty folder");
  const fromMs = performance.now();
  for (let before = -1, now = 0; now !== before || now === 0; ) {
    await sleep(2_000);
    before = now;
    now = await newLeads(first.url);
  }
  process.stdout.write(`${"history settled after".padEnd(36)} ${((performance.now() - fromMs) / 1000).toFixed(0)} s\n`);
  await stop(first);
  const second = await timed("second start");
  await sleep(10_000);
  const pid = second.child.pid ?? 0;
  const own = memoryOf(pid);
  const clickhouse = memoryOf(childOf(pid) ?? pid);
  process.stdout.write(
    `${"memory, Leadwire".padEnd(36)} ${own.ownMb} MB of its own, ${own.residentMb} MB resident with mapped files\n` +
      `${"memory, embedded ClickHouse".padEnd(36)} ${clickhouse.ownMb} MB of its own, ${clickhouse.residentMb} MB resident\n`,
  );
  await stop(second);
} finally {
  data.dispose();
}
