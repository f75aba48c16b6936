import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { analystReader } from "@leadwire/store";
import { openTemporaryStore, testGeneration } from "@leadwire/store/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import { rightToken, serveEndpoint } from "../../services/query/src/endpoint/testing/served-endpoint.ts";
import { openGate } from "../../services/query/src/gate/judge.ts";
import { percentile } from "./latency-marks.ts";
import { eventsOfFacts, fillFacts } from "./queries/filled-store.ts";
import { heading } from "./report.ts";

/**
 * SQL through the endpoint beside ClickHouse alone, asked as the same reader: `node test/bench/sql-endpoint.bench.ts [facts]
 * [rounds] [rows]`. Bars: the gate adds at most 10 % or 5 ms, the larger; a group-by over 10 M facts p99 300 ms, and at most
 * 1.2 times ClickHouse alone; a million rows hold memory flat.
 */
const factsWanted = Number(process.argv[2] ?? 10_000_000);
const rounds = Number(process.argv[3] ?? 60);
const rows = Number(process.argv[4] ?? 1_000_000);

const temporary = await openTemporaryStore();
const { store } = temporary;
const startedMs = performance.now();
const facts = await fillFacts(store, testGeneration, eventsOfFacts(factsWanted), Date.now());
const done = await store.command(`OPTIMIZE TABLE leadwire_g_${testGeneration}.facts_latest FINAL`)();
if (isLeft(done)) throw new Error(done.left.detail);
const tookS = ((performance.now() - startedMs) / 1000).toFixed(0);
process.stdout.write(`${facts.toLocaleString("en")} facts, made in ${tookS} s\n`);

const served = await serveEndpoint(store);
const login = store.readers.loginOf(analystReader);
if (login === undefined) throw new Error("the analyst is not known");
const agent = new Agent({ keepAlive: true });

interface Place {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}
const alone: Place = { url: `${login.url}/?database=leadwire`, headers: login.headers };
const through: Place = { url: served.url, headers: { authorization: `Bearer ${rightToken}` } };

/** Asks and reads the whole answer; how long it took, in ms. */
const timed = async ({ url, headers }: Place, sql: string): Promise<number> => {
  const fromMs = performance.now();
  const asked = request(url, { method: "POST", agent, headers });
  asked.end(sql);
  const [answer] = await once(asked, "response");
  let text = "";
  for await (const chunk of answer) text += text.length < 1_000 ? String(chunk) : "";
  if (answer.statusCode !== 200) throw new Error(`${sql}: ${text}`);
  return performance.now() - fromMs;
};

const marks = (what: string, ms: ReadonlyArray<number>): void => {
  const shown = [0.5, 0.99, 1].map((share) => percentile(ms, share).toFixed(2).padStart(10)).join("");
  process.stdout.write(`${what.padEnd(52)} ${String(ms.length).padStart(6)}${shown} ms\n`);
};

heading("the gate: n, p50, p99, max");
const gate = openGate(store);
const judged = async (sql: string): Promise<number> => {
  const fromMs = performance.now();
  const verdict = await gate.judge(sql)();
  if (isLeft(verdict)) throw new Error(verdict.left.message);
  return performance.now() - fromMs;
};
const simple = (n: number): string => `SELECT count() FROM facts WHERE team = 'team${n}'`;
const long = (n: number): string =>
  `WITH won AS (SELECT owner, count() AS wins, sum(amount_minor) AS amount FROM facts WHERE kind = 'deal_closed' AND outcome = 'won' GROUP BY owner)
   SELECT owner, wins, amount, rank() OVER (ORDER BY amount DESC) AS place, quantile(0.5)(l.duration_ms) AS median
   FROM won JOIN (SELECT owner, duration_ms FROM facts WHERE kind = 'lead_responded') AS l USING owner
   WHERE wins > ${n} GROUP BY ALL ORDER BY place LIMIT 20`;
for (const [what, statement] of [
  ["a short statement", simple],
  ["a long one", long],
] as const) {
  for (let n = 0; n < 10; n += 1) await judged(statement(n));
  const [fresh, known]: [Array<number>, Array<number>] = [[], []];
  for (let n = 10; n < 10 + rounds; n += 1) {
    fresh.push(await judged(statement(n)));
    known.push(await judged(statement(n)));
  }
  marks(`${what}, seen for the first time`, fresh);
  marks(`${what}, seen before`, known);
}

heading(`over ${facts.toLocaleString("en")} facts: n, p50, p99, max`);
const questions = [
  ["SELECT 1", () => "SELECT 1"],
  ["by team, every fact", () => "SELECT team, count(), sum(amount_minor) FROM facts GROUP BY team"],
  [
    "by owner, deals closed",
    () =>
      "SELECT owner, outcome, count(), sum(amount_minor) FROM facts WHERE kind = 'deal_closed' GROUP BY owner, outcome",
  ],
  [
    "by owner, a new statement each time",
    (n: number) => `SELECT owner, count() FROM facts WHERE kind = 'sale' AND amount_minor > ${n} GROUP BY owner`,
  ],
] as const;
for (const [what, statement] of questions) {
  const ms = { alone: [] as number[], through: [] as number[] };
  for (let n = 0; n < 3; n += 1) await timed(through, statement(-1 - n));
  // In turns, so that both meet the same machine.
  for (let n = 0; n < rounds; n += 1) {
    ms.alone.push(await timed(alone, statement(n)));
    ms.through.push(await timed(through, statement(n)));
  }
  marks(`${what}: ClickHouse alone`, ms.alone);
  marks(`${what}: through the endpoint`, ms.through);
  const ratio = (share: number): string => (percentile(ms.through, share) / percentile(ms.alone, share)).toFixed(2);
  process.stdout.write(`${"".padEnd(52)} p50 × ${ratio(0.5)}, p99 × ${ratio(0.99)}\n`);
}

heading(`${rows.toLocaleString("en")} rows streamed: s, MB of this process before, most, after`);
const megabytes = (): number => process.memoryUsage().rss / 1e6;
const streamed = async (what: string, { url, headers }: Place): Promise<void> => {
  const sql = `SELECT fact_id, kind, at, owner, team, amount_minor FROM facts LIMIT ${rows} FORMAT TSV`;
  const before = megabytes();
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, megabytes());
  }, 10);
  const fromMs = performance.now();
  const headerArgs = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const args = ["-sS", "--fail", "-m", "120", ...headerArgs, "--data-binary", sql, "-o", "/dev/null", url];
  const client = spawn("curl", [...args, "-w", "%{size_download}"], { stdio: ["ignore", "pipe", "inherit"] });
  let bytes = "";
  client.stdout.on("data", (chunk) => {
    bytes += String(chunk);
  });
  const [code] = await once(client, "exit");
  clearInterval(sampling);
  if (code !== 0) throw new Error(`${what}: curl ended with ${code}`);
  const s = ((performance.now() - fromMs) / 1000).toFixed(2);
  const shown = [before, most, megabytes()].map((each) => each.toFixed(0).padStart(8)).join("");
  process.stdout.write(
    `${`${what}, ${(Number(bytes) / 1e6).toFixed(0)} MB`.padEnd(52)} ${s.padStart(6)} s${shown} MB\n`,
  );
};
await streamed("ClickHouse alone", alone);
for (const _ of [1, 2, 3]) await streamed("through the endpoint", through);

served.close();
agent.destroy();
await temporary.dispose();
