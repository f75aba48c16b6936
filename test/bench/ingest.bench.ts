import { Agent, type IncomingMessage, request } from "node:http";
import { dayMs, eventToJson } from "@leadwire/events";
import { demoHistory } from "leadwire";
import { startClusterRig } from "../e2e/cluster-rig.ts";
import { cpuUs, heading, line } from "./report.ts";

/**
 * The door on Kafka: requests of 100 events, each answered when durable: `node test/bench/ingest.bench.ts [EVENTS]`.
 * The CPU is that of the service's own process, as its metrics tell; the load comes from this one.
 */
const events = Number(process.argv[2] ?? 300_000);
const perRequest = 100;
const inFlight = 16;

const bodies = (count: number, endMs: number): ReadonlyArray<Buffer> => {
  const made: Array<Buffer> = [];
  let batch: Array<unknown> = [];
  for (const { event } of demoHistory(7, endMs - 90 * dayMs, endMs, Math.max(1, count / 50_000))) {
    batch.push(eventToJson(event));
    if (batch.length < perRequest) continue;
    made.push(Buffer.from(JSON.stringify(batch)));
    batch = [];
    if (made.length * perRequest >= count) break;
  }
  return made;
};

const agent = new Agent({ keepAlive: true, maxSockets: inFlight });

/** Posts one body; rejects unless every event of it was accepted. */
const post = (url: string, body: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": body.length };
    const sent = request(`${url}/v1/events`, { method: "POST", agent, headers }, (answer: IncomingMessage) => {
      const parts: Array<Buffer> = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`answered ${answer.statusCode}: ${Buffer.concat(parts).toString().slice(0, 500)}`));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });

const postAll = async (url: string, all: ReadonlyArray<Buffer>): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let body = all[next++]; body !== undefined; body = all[next++]) await post(url, body);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
};

/** CPU that the service's process has taken so far. */
const serviceCpuUs = async (url: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const found = /^process_cpu_seconds_total (\S+)/m.exec(text)?.[1];
  if (found === undefined) throw new Error("the service tells no process_cpu_seconds_total");
  return Number(found) * 1e6;
};

const rig = await startClusterRig();
try {
  const { url } = await rig.start("ingest");
  const all = bodies(events, Date.now());
  const sent = all.length * perRequest;
  await postAll(url, all.slice(0, Math.ceil(all.length / 5)));
  heading("door on Kafka, requests of 100 events, answered when durable");
  const parseUs = cpuUs();
  const parseMs = performance.now();
  let parsed = 0;
  for (const body of all) parsed += (JSON.parse(body.toString()) as ReadonlyArray<unknown>).length;
  line("floor: JSON.parse of the same bodies", parsed, cpuUs() - parseUs, performance.now() - parseMs);
  const fromUs = await serviceCpuUs(url);
  const fromMs = performance.now();
  await postAll(url, all);
  const wallMs = performance.now() - fromMs;
  const us = (await serviceCpuUs(url)) - fromUs;
  line("events accepted (at most 33 µs)", sent, us, wallMs);
  process.stdout.write(
    `one core takes ${Math.round((sent / us) * 1e6).toLocaleString("en")} events/s (at least 30,000)\n`,
  );
} finally {
  agent.destroy();
  await rig.stopServices();
  await rig.dispose();
}
