import type { AccessGranted } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import type { KpiAnswer, UsageFault } from "@leadwire/kpis";
import type { LogPosition, LogRecord } from "@leadwire/log";
import type { SqlFault } from "@leadwire/query";
import type { LedgerCounts } from "@leadwire/stream";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import type { EngineStatus, LedgerReport, QuarantineEntry, ShownQuarantined, VerifyReport } from "../engine/engine.ts";
import { encodeAppendFrame, framedBytes } from "./append-frame.ts";
import type { SealingEngine } from "./engine-port.ts";
import { decodeEventChunk } from "./event-frame.ts";
import { kpiPath } from "./kpi-query.ts";
import { type Answer, ownerCaller } from "./owner-call.ts";
import { rebuildClient } from "./rebuild-client.ts";
import { reportPath } from "./report-query.ts";

export interface EngineClientOptions {
  /** Such as `http://127.0.0.1:4700`. */
  readonly url: string;
  readonly token: string;
}

const frameBytesMax = 16 * 1024 * 1024;
const usageTags: ReadonlyArray<UsageFault["_tag"]> = [
  "BadWindow",
  "BadInstant",
  "UnknownMetric",
  "UnknownStatistic",
  "UnknownDimension",
  "BadFilter",
  "UnknownReport",
  "BadArgument",
];
const sqlTags: ReadonlyArray<SqlFault["_tag"]> = ["Refused", "Failed", "Unavailable"];

/** Cuts records into frames of a bounded size, in their order; a frame holds at least one record. */
function* frames(records: ReadonlyArray<LogRecord>): Generator<Buffer> {
  let from = 0;
  let bytes = 0;
  for (const [index, record] of records.entries()) {
    const size = framedBytes(record);
    if (index > from && bytes + size > frameBytesMax) {
      yield encodeAppendFrame(records.slice(from, index));
      from = index;
      bytes = 0;
    }
    bytes += size;
  }
  if (from < records.length) yield encodeAppendFrame(records.slice(from));
}

/** An expected fault by its code; any other throws with what the owner said. */
const faultOf = <Tag extends string>(answer: Answer, tags: ReadonlyArray<Tag>) => {
  const problem = answer.problem();
  const _tag = tags.find((tag) => tag === problem.code);
  if (_tag === undefined) throw new Error(problem.detail);
  return { _tag, message: problem.detail };
};

/**
 * The engine of another process: asks the owner of the data directory over HTTP. Nothing times out, since `verify` and
 * `settle` may take minutes; an owner that goes away ends the call with an error.
 */
export const engineClient = ({ url, token }: EngineClientOptions): SealingEngine => {
  const owner = ownerCaller(url, token);
  const read = async <T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> =>
    (await owner.json(method, path, body)).ok<T>();
  return {
    append: async (records) => {
      for (const frame of frames(records)) (await owner.bytes("/internal/append", frame)).ok();
    },
    settle: async () => {
      await read("POST", "/internal/settle");
    },
    kpi: async (request): Promise<Either<UsageFault, ReadonlyArray<KpiAnswer>>> => {
      const answer = await owner.json("GET", kpiPath(request));
      return answer.status === 400 ? left(faultOf(answer, usageTags)) : right(answer.ok<ReadonlyArray<KpiAnswer>>());
    },
    report: async (name, args): Promise<Either<UsageFault, unknown>> => {
      const answer = await owner.json("GET", reportPath(name, args));
      return answer.status === 400 ? left(faultOf(answer, usageTags)) : right(answer.ok());
    },
    sql: async (sql, format): Promise<Either<SqlFault, Uint8Array>> => {
      const answer = await owner.json("POST", "/internal/sql", { sql, ...(format === undefined ? {} : { format }) });
      if (answer.status === 422 || answer.status === 503) return left(faultOf(answer, sqlTags));
      return right(answer.okBytes());
    },
    ledger: () => read<LedgerReport>("GET", "/internal/ledger"),
    backfill: (id) => read<LedgerCounts>("GET", `/internal/backfill/${encodeURIComponent(id)}`),
    quarantineList: (limit, reason) => {
      const query = new URLSearchParams({ limit: String(limit), ...(reason === undefined ? {} : { reason }) });
      return read<ReadonlyArray<QuarantineEntry>>("GET", `/internal/quarantine?${query.toString()}`);
    },
    quarantineShow: async (id) => {
      type Shown = Omit<ShownQuarantined, "bytes"> & { readonly bytes: string };
      const { record } = await read<{ record: Shown | null }>("GET", `/internal/quarantine/${encodeURIComponent(id)}`);
      return record === null ? null : { ...record, bytes: Buffer.from(record.bytes, "base64") };
    },
    verify: () => read<VerifyReport>("POST", "/internal/verify"),
    eventEnds: () => read<ReadonlyArray<LogPosition>>("GET", "/internal/events"),
    readEvents: async ({ topic, partition }, from) => {
      const path = `/internal/events/${encodeURIComponent(topic)}/${partition}?from=${from}`;
      return decodeEventChunk((await owner.json("GET", path)).okBytes());
    },
    workspace: () => read<Workspace>("GET", "/internal/workspace"),
    grants: () => read<ReadonlyArray<AccessGranted>>("GET", "/internal/grants"),
    status: () => read<EngineStatus>("GET", "/internal/status"),
    seal: async (leadId, contact) => {
      const { sealed } = await read<{ sealed: string | null }>("POST", "/internal/seal", { lead_id: leadId, contact });
      return sealed === null ? null : Buffer.from(sealed, "base64");
    },
    rebuilds: rebuildClient(owner),
    close: async () => owner.close(),
  };
};
