import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { encodeEvent, keyOf, topicOf } from "@leadwire/events";
import { ZoneCalendar } from "@leadwire/funnel";
import { Converter } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import { type CliContext, CommandFault, wrongUsage } from "../cli/context.ts";
import { NobodyAtWork } from "../cluster/nobody-at-work.ts";
import { eventJudge } from "../engine/event-judge.ts";
import type { SealingEngine } from "../http/engine-port.ts";
import type { TargetsDocument } from "../reports/targets.ts";
import { planChanges } from "./plan-changes.ts";
import { type PlanFile, type RejectedRow, readPlanFile } from "./plan-file.ts";

/** What became of the rows of a file of targets. */
export interface PlanSummary {
  readonly file: string;
  readonly rows: number;
  readonly added: number;
  readonly corrected: number;
  readonly unchanged: number;
  readonly rejected: ReadonlyArray<RejectedRow>;
  /** Where no service of the cluster was there to take them up: who is waited for. */
  readonly waits_for?: string;
}

/** Reads the file; throws wrong usage where there is none, or where its heading is another one. */
export const openPlanFile = async (cwd: string, file: string): Promise<PlanFile> => {
  const bytes = await readFile(resolve(cwd, file)).catch(() => null);
  if (bytes === null)
    throw wrongUsage(`There is no file ${file}. npx leadwire targets import --help shows what stands in one.`);
  const read = readPlanFile(bytes);
  if (isLeft(read)) throw wrongUsage(`${basename(file)}: ${read.left}`);
  return read.right;
};

const standing = async (engine: SealingEngine): Promise<TargetsDocument> => {
  const report = await engine.report("targets", { all: "true" });
  if (isLeft(report)) throw new CommandFault(report.left.message);
  // The report of this name makes this document; over HTTP it came as JSON.
  return report.right as TargetsDocument;
};

/** Appends what a file changes in the plan; resolves once it is counted. */
export const importPlan = async (
  context: Pick<CliContext, "nowMs" | "randomHex">,
  engine: SealingEngine,
  file: string,
  plan: PlanFile,
  revision: number | undefined,
): Promise<PlanSummary> => {
  const nowMs = context.nowMs();
  const workspace = await engine.workspace();
  const { catalogue } = await import("@leadwire/kpis/catalogue");
  const calendar = new ZoneCalendar(workspace.timeZone);
  const rules = { workspace, calendar, catalogue, nowMs, revision: revision ?? nowMs, judge: eventJudge(workspace) };
  const before = (await standing(engine)).targets;
  const changes = planChanges(plan.rows, before, rules, new Converter(workspace, calendar));
  const headers = { backfill: `targets-${context.randomHex(6)}` };
  await engine.append(
    changes.events.map((event) => ({
      topic: topicOf(event.type),
      key: Buffer.from(keyOf(event)),
      value: encodeEvent(event),
      headers,
    })),
  );
  const { added, corrected, unchanged } = changes;
  const rejected = [...plan.rejected, ...changes.rejected].sort((a, b) => a.line - b.line);
  const summary = { file, rows: plan.rows.length + plan.rejected.length, added, corrected, unchanged, rejected };
  try {
    await engine.settle();
  } catch (fault) {
    if (fault instanceof NobodyAtWork) return { ...summary, waits_for: fault.message };
    throw fault;
  }
  return summary;
};
