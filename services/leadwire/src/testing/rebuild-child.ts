import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { encodeEvent, keyOf, topicOf } from "@leadwire/events";
import { defaultWorkspace, generationOf, type Workspace } from "@leadwire/funnel";
import { measureShapes } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import type { LocalEngine } from "../engine/local-engine.ts";
import { openEngine } from "../engine/open-engine.ts";
import { boardCompany } from "./board-company.ts";

/**
 * A process that opens an engine, says what it serves and whether that is sound, and rebuilds: killed (SIGKILL) at a step,
 * or so many milliseconds after the rebuild began. Arguments: the data directory, epoch milliseconds to begin at, the
 * region of bogdan, and the step or the milliseconds, or `never`. A directory that is new begins without that region, and
 * gets a company's events.
 */
const [dataDir = "", startText = "", region = "", killAt = ""] = process.argv.slice(2);
const startMs = Number(startText);
const nowMs = (): number => Math.floor(startMs + performance.now());
const workspaceOf = (place: string): Workspace =>
  place === "" ? defaultWorkspace : { ...defaultWorkspace, people: [{ rep: "bogdan", region: place }] };
const workspace = workspaceOf(region);
const isNew = !existsSync(join(dataDir, "generation.json"));

/** What a process says of the data directory that it found. */
export interface FoundServing {
  readonly generation: string;
  readonly leads: Readonly<Record<string, number | null>>;
  readonly verified: boolean;
  readonly balanced: boolean;
}

const kill = (): void => {
  process.kill(process.pid, "SIGKILL");
};

const open = async (): Promise<LocalEngine> => {
  const opened = await openEngine({
    dataDir,
    workspace: isNew ? defaultWorkspace : workspace,
    nowMs,
    storePasswords: { admin: "a".repeat(24), analyst: "b".repeat(24) },
    onNotice: (text) => void process.stderr.write(`${text}\n`),
    onFailure: (cause) => {
      throw cause;
    },
    onRebuildStep: (step) => {
      if (step === killAt) kill();
      // Some views point at the new generation by then, and others do not.
      if (`${step}-midway` === killAt) setTimeout(kill, 15);
    },
  });
  if (isLeft(opened)) throw new Error(opened.left.message);
  return opened.right;
};

const found = async (engine: LocalEngine): Promise<FoundServing> => {
  const answers = await engine.kpi({ metric: "new_leads", window: "all", by: ["region"], where: [], at: "now" });
  if (isLeft(answers)) throw new Error(answers.left.message);
  const { generation } = await engine.status();
  const { ok } = await engine.verify();
  const { balanced } = await engine.ledger();
  const leads = Object.fromEntries(answers.right.map(({ group, value }) => [group.region ?? "", value]));
  return { generation, leads, verified: ok, balanced };
};

const engine = await open();
if ((await engine.status()).events === 0) {
  const events = boardCompany(startMs);
  await engine.append(
    events.map((event) => ({
      topic: topicOf(event.type),
      key: Buffer.from(keyOf(event)),
      value: encodeEvent(event),
    })),
  );
}
process.stdout.write(`${JSON.stringify(await found(engine))}\n`);
if (/^\d+$/u.test(killAt)) setTimeout(kill, Number(killAt));
const hash = generationOf(workspace, measureShapes(catalogue));
await engine.rebuilds?.start({ purpose: "swap", workspace, hash });
for (;;) {
  const status = await engine.rebuilds?.status();
  if (status?.phase === "failed") throw new Error(status.detail);
  if (status?.phase === "done") break;
  await sleep(10);
}
process.stdout.write(`${JSON.stringify(await found(engine))}\n`);
await engine.close();
