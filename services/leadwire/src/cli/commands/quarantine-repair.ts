import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type DoorEvent, encodeEvent, type SalesEvent } from "@leadwire/events";
import { isLeft } from "fp-ts/lib/Either.js";
import { eventJudge } from "../../engine/event-judge.ts";
import type { SealingEngine } from "../../http/engine-port.ts";
import { type EventJson, isEventJson } from "../../quarantine/read-back.ts";
import { type RepairRequest, repairedEvent } from "../../quarantine/repair.ts";
import { recordOf } from "../../quarantine/replay.ts";
import { type CliContext, CommandFault, dataDirFlag, ExitCode, type SharedOptions, wrongUsage } from "../context.ts";
import { safeText } from "../safe-text.ts";
import { withEngine } from "../with-engine.ts";
import { noteLostContact } from "./quarantine-replay.ts";

export interface RepairOptions extends SharedOptions {
  readonly id: string;
  /** `FIELD=VALUE`, each; an empty value takes the field out. */
  readonly set: ReadonlyArray<string>;
  readonly file?: string;
  readonly again?: boolean;
}

/** What became of a repair. */
export interface RepairSummary {
  readonly id: string;
  readonly source_system: string;
  readonly event_id: string;
  readonly revision: number;
  readonly outcome: "applied" | "duplicate" | "quarantined" | "pending";
}

const fileJson = async (path: string, name: string): Promise<EventJson> => {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) throw wrongUsage(`There is no file ${name}.`);
  try {
    const value: unknown = JSON.parse(text);
    if (isEventJson(value)) return value;
  } catch {
    // Told below, as for whatever else the file holds.
  }
  throw wrongUsage(`${name} is no event: expected one JSON object with type and the schema's fields.`);
};

const requestOf = async (context: CliContext, { set, file }: RepairOptions): Promise<RepairRequest> => {
  if ((set.length === 0) === (file === undefined))
    throw wrongUsage("Say what to mend: --set to_stage=proposal (may be repeated), or --file event.json.");
  if (file === undefined) return { _tag: "Set", fields: set };
  return { _tag: "Whole", json: await fileJson(resolve(context.cwd, file), file) };
};

const sealed = async (engine: SealingEngine, { event, contact }: DoorEvent): Promise<SalesEvent> => {
  if (contact === undefined || event.type !== "lead-created") return event;
  const bytes = await engine.seal(event.lead_id, contact);
  return bytes === null ? event : { ...event, contact_sealed: bytes };
};

const repairOne = async (
  context: CliContext,
  engine: SealingEngine,
  options: RepairOptions,
  request: RepairRequest,
): Promise<RepairSummary> => {
  const { id, dataDir } = options;
  const list = `npx leadwire quarantine list${dataDirFlag(dataDir)} shows the ids.`;
  const record = await engine.quarantineShow(id);
  if (record === null) throw new CommandFault(`There is no ${safeText(id)} in quarantine. ${list}`);
  if (record.settled !== undefined && options.again !== true)
    throw new CommandFault(`${id} was ${record.settled}: its event is in use. --again repairs it all the same.`);
  const repaired = repairedEvent(record, request);
  if (isLeft(repaired)) throw new CommandFault(`${id} is not repaired: ${safeText(repaired.left)}.`.replace("..", "."));
  const { event } = repaired.right;
  const against = eventJudge(await engine.workspace())(event, context.nowMs());
  if (against !== null)
    throw new CommandFault(`${id} is not repaired, it would be ${against.reason}: ${safeText(against.detail)}`);
  if (repaired.right.contact === undefined) noteLostContact(context, record);
  const backfill = `repair-${context.randomHex(6)}`;
  const sent = await sealed(engine, repaired.right);
  await engine.append([recordOf(sent, encodeEvent(sent), backfill)]);
  await engine.settle();
  const { applied, duplicate, quarantined } = await engine.backfill(backfill);
  const outcome = applied > 0 ? "applied" : duplicate > 0 ? "duplicate" : quarantined > 0 ? "quarantined" : "pending";
  return { id, source_system: sent.source_system, event_id: sent.event_id, revision: sent.revision, outcome };
};

const repairText = ({ id, source_system, event_id, revision, outcome }: RepairSummary): string =>
  `${id} was sent again as revision ${revision} of ${safeText(event_id)} from ${safeText(source_system)}: ${outcome}.\n`;

export const repair = async (context: CliContext, options: RepairOptions): Promise<number> => {
  const request = await requestOf(context, options);
  const summary = await withEngine(context, options, (engine) => repairOne(context, engine, options, request));
  await context.terminal.out(options.json === true ? `${JSON.stringify(summary)}\n` : repairText(summary));
  return summary.outcome === "quarantined" ? ExitCode.failed : ExitCode.done;
};
