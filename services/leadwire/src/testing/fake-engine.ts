import { defaultWorkspace } from "@leadwire/funnel";
import type { LogRecord } from "@leadwire/log";
import { left, right } from "fp-ts/lib/Either.js";
import type { EngineStatus, LedgerReport } from "../engine/engine.ts";
import type { SealingEngine } from "../http/engine-port.ts";

export const answer = {
  metric: "win_rate",
  group: { region: "East, the" },
  value: 0.6315,
  unit: "ratio" as const,
  numerator: 4238,
  denominator: 6711,
  window: { from: null, to: "2017-12-31T00:00:00.000Z" },
  formula_version: 1,
  complete_through: "2017-12-30T00:00:00.000Z",
  flags: [],
};

const line = {
  accepted: 10,
  applied: 7,
  duplicate: 2,
  quarantined: 1,
  pending: 0,
  forwarded: 0,
  superseded: 1,
  conflict: 0,
  missing: 0,
};

export const ledger: LedgerReport = { lines: [{ source: 'we"b', ...line }], total: line, balanced: true };

export const status: EngineStatus = {
  url: null,
  generation: "abc",
  completeThrough: "2017-12-30T00:00:00.000Z",
  pending: 3,
  unstored: 4,
  events: 10,
};

export const quarantined = {
  id: "q-1",
  source_system: "crm",
  origin: "deals.csv",
  position: 418,
  reason: "bad_date" as const,
  detail: 'close_date "2017-13-05" is not a date',
  bytes: Buffer.from([0x61, 0x1b, 0x5b, 0xff, 0x00]),
};

const counts = {
  applied: 7,
  duplicate: 2,
  quarantined: 1,
  forwarded: 0,
  superseded: 1,
  conflict: 0,
  reasons: { bad_date: 1 },
};

export interface FakeEngine extends SealingEngine {
  readonly appended: LogRecord[];
  /** The calls other than `append`, as `name argument`. */
  readonly calls: string[];
}

/** An engine that answers the same always and remembers what it was asked. */
export const fakeEngine = (change: Partial<SealingEngine> = {}): FakeEngine => {
  const appended: LogRecord[] = [];
  const calls: string[] = [];
  const called = <T>(name: string, argument: unknown, result: T): Promise<T> => {
    calls.push(argument === undefined ? name : `${name} ${JSON.stringify(argument)}`);
    return Promise.resolve(result);
  };
  return {
    appended,
    calls,
    append: async (records) => {
      appended.push(...records.map((one) => ({ ...one, value: Buffer.from(one.value) })));
    },
    settle: () => called("settle", undefined, undefined),
    kpi: (request) =>
      called(
        "kpi",
        request,
        request.metric === "win_rate"
          ? right([answer])
          : left({ _tag: "UnknownMetric" as const, message: `There is no metric "${request.metric}".` }),
      ),
    report: (name, args) =>
      called(
        "report",
        [name, args],
        name === "explain"
          ? right({ adds_up: true })
          : left({ _tag: "UnknownReport" as const, message: `There is no report "${name}".` }),
      ),
    sql: (sql, format) =>
      called(
        "sql",
        [sql, format],
        sql === "SELECT 1"
          ? right(Buffer.from([0x31, 0x0a, 0xff]))
          : left({ _tag: "Refused" as const, message: "Not allowed: DROP." }),
      ),
    ledger: () => called("ledger", undefined, ledger),
    backfill: (id) => called("backfill", id, counts),
    quarantineList: (limit) => {
      const { bytes: _bytes, source_system, ...rest } = quarantined;
      return called("quarantineList", limit, [{ ...rest, source: source_system, at: "2026-11-22T00:00:00Z" }]);
    },
    quarantineShow: (id) => called("quarantineShow", id, id === quarantined.id ? quarantined : null),
    verify: () => called("verify", undefined, { ok: true, records: 10, compared: [], examples: [] }),
    eventEnds: () => called("eventEnds", undefined, [{ topic: "leadwire.funnel", partition: 0, offset: 2 }]),
    readEvents: (place, from) =>
      called("readEvents", [place, from], { bytes: Buffer.from([0x00, 0xff]), nextOffset: from + 2 }),
    workspace: () => called("workspace", undefined, defaultWorkspace),
    grants: () => called("grants", undefined, []),
    status: () => called("status", undefined, status),
    seal: (leadId, contact) =>
      called("seal", [leadId, contact], leadId === "erased" ? null : Buffer.from(`sealed ${leadId}`)),
    close: () => called("close", undefined, undefined),
    ...change,
  };
};
