import { parseAlertFiles, alertFaultText } from "@leadwire/alerts";
import { encodeEvent, keyOf, topicOf } from "@leadwire/events";
import { parseWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { demoHistory, demoWorkspaceYaml } from "../demo/index.ts";
import { runBacktest } from "./run-backtest.ts";
import { readFileSync } from "node:fs";
const dayMs = 86_400_000;
const days = Number(process.argv[2] ?? 30), scale = Number(process.argv[3] ?? 5), quietDays = Number(process.argv[4] ?? 0);
const from = Date.UTC(2026, 0, 5), to = from + days * dayMs;
const ws: any = parseWorkspace(demoWorkspaceYaml, ["demo"]);
const workspace = ws.right;
const records = [...demoHistory(7, from, to, scale)].map(({ event, sentAtMs }) => ({ topic: topicOf(event.type), record: { key: Buffer.from(keyOf(event)), value: encodeEvent(event) }, atMs: sentAtMs }));
console.log(records.length, "events");
for (const when of (process.argv[5] ?? "win_rate 30d by team < 0.25|lead_response_time.p90 24h by team > 30 min|sales month by rep < pace * 0.5").split("|")) {
  const parsed: any = parseAlertFiles([{ name: "a.yaml", text: `rules:\n  - { id: r, when: "${when}", for: 30 min }\n` }], { catalogue, workspace });
  if (parsed._tag === "Left") { console.log(parsed.left.map(alertFaultText)); continue; }
  const config = { ...parsed.right, ruleSets: [{ name: "a", rules: parsed.right.ruleSets[0].rules }] };
  const t = performance.now();
  const found = await runBacktest({ log: { records, backfilled: 0 }, config, workspace, fromMs: from + quietDays * dayMs, toMs: to, nowMs: () => performance.now(), onProgress: () => undefined, signal: new AbortController().signal });
  const ms = performance.now() - t;
  console.log(when, Math.round(ms), "ms", (ms * 1000 / records.length).toFixed(1), "us/event", found.alerts.length, JSON.stringify({ ...found, alerts: found.alerts.slice(0, 2) }));
}
