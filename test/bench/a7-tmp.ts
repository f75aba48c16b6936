import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { openEmbeddedLog } from "@leadwire/log";
import { PartitionTask, taskTopics } from "@leadwire/stream";
import { demoLog, generation, partitions } from "./demo-log.ts";

const events = Number(process.env.EV ?? 500_000);
const folder = `/tmp/a7/log${events}`;
const workspace = { ...defaultWorkspace, currency: "EUR", timeZone: "Europe/Bucharest" };
const log = existsSync(folder) ? await openEmbeddedLog({ folder, nowMs: () => 0 }) : await demoLog(folder, events);
const chunkBytes = 512 * 1024;
const cpuUs = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};
let counts = { facts: 0, slices: 0, bytes: 0, factBytes: 0, al: 0 };
const rebuild = async (output: boolean, every: number, hash?: ReturnType<typeof createHash>, capture = 0) => {
  const calendar = new ZoneCalendar(workspace.timeZone);
  let records = 0;
  counts = { facts: 0, slices: 0, bytes: 0, factBytes: 0, al: 0 };
  for (const topic of taskTopics(generation))
    for (let partition = 0; partition < partitions; partition += 1) {
      const task = new PartitionTask(
        topic,
        { workspace, calendar, generation, partition, partitions, silent: !output },
        catalogue.measures,
      );
      let since = 0;
      let unc = 0;
      for (;;) {
        const chunk = await log.read(task, task.position, chunkBytes);
        const end = chunk.nextOffset === task.position;
        if (!end) {
          const n = task.process(chunk.bytes, chunk.nextOffset);
          records += n;
          since += n;
          unc += n;
        }
        if (output) {
          const outs = task.takeFacts();
          const more = since >= every || end ? task.takeSlices() : [];
          if (more.length) since = 0;
          for (const { topic, batch, count } of [...outs, ...more]) {
            counts.bytes += batch.length;
            if (topic.startsWith("leadwire.facts")) {
              counts.facts += count;
              counts.factBytes += batch.length;
            } else if (topic.startsWith("leadwire.metrics")) counts.slices += count;
            else counts.al += count;
            hash?.update(batch);
          }
        }
        if (capture && unc >= capture) {
          task.capture();
          unc = 0;
        }
        if (end) break;
      }
    }
  return records;
};
const mode = process.argv[2];
const timed = async (what: string, f: () => Promise<number>) => {
  const a = cpuUs();
  const n = await f();
  console.log(what.padEnd(30), ((cpuUs() - a) / n).toFixed(3), JSON.stringify(counts));
};
if (mode === "hash") {
  const h = createHash("sha256");
  await rebuild(true, 0, h);
  console.log(h.digest("hex"));
} else if (mode === "prof") {
  await rebuild(true, 1e9);
  const s = new Session();
  s.connect();
  await s.post("Profiler.enable");
  await s.post("Profiler.setSamplingInterval", { interval: 250 });
  await s.post("Profiler.start");
  await timed("prof", () => rebuild(true, Number(process.argv[3] ?? 1e9)));
  const { profile } = await s.post("Profiler.stop");
  const self = new Map<string, number>();
  let total = 0;
  const byId = new Map(profile.nodes.map((n: any) => [n.id, n]));
  profile.samples!.forEach((id: number, i: number) => {
    const n: any = byId.get(id);
    const dt = profile.timeDeltas![i]!;
    const k = n.callFrame.functionName + " " + n.callFrame.url.split("/").slice(-1) + ":" + n.callFrame.lineNumber;
    self.set(k, (self.get(k) ?? 0) + dt);
    total += dt;
  });
  for (const [k, v] of [...self].sort((a, b) => b[1] - a[1]).slice(0, 45))
    console.log(((v / total) * 100).toFixed(1).padStart(5), (v / events).toFixed(3), k);
  writeFileSync("/tmp/a7/p.cpuprofile", JSON.stringify(profile));
} else {
  await rebuild(true, 0);
  for (let i = 0; i < 2; i++) {
    await timed("silent", () => rebuild(false, 0));
    await timed("output, slices at end", () => rebuild(true, 1e9));
    await timed("output, slices each chunk", () => rebuild(true, 0));
    await timed("slices at end + capture", () => rebuild(true, 1e9, undefined, 20000));
  }
}
await log.close();
