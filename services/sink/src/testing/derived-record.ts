import { derivedRegistry, FramedEncoder, factChangeType, heartbeatType, sliceUpdatedType } from "@leadwire/events";
import type { FactChange } from "@leadwire/funnel";
import type { SliceRecord } from "@leadwire/kpis";

const encoder = new FramedEncoder();

/** Records of the derived topics, written by the schemas' own codec instead of the engine's. */
export const factBytes = ({ fact, ...change }: FactChange, origin: string, partition: number): Buffer =>
  encoder.encode(factChangeType, derivedRegistry.idOf("fact-changed"), {
    origin,
    partition,
    present: change.present,
    version: change.version,
    append_time: change.appendTimeMs,
    cause_source: change.causeSource,
    cause_event_id: change.causeEventId,
    backfill: change.isBackfill,
    fact_id: fact.factId,
    kind: fact.kind,
    at: fact.atMs,
    outcome: fact.outcome === "" ? "none" : fact.outcome,
    count: fact.count,
    amount_minor: fact.amountMinor,
    cost_minor: fact.costMinor,
    units: fact.units,
    duration_ms: fact.durationMs,
    bin: fact.bin,
    business_ms: fact.businessMs,
    business_bin: fact.businessBin,
    due_at: fact.dueAtMs,
    term_months: fact.termMonths,
    cohort_at: fact.cohortAtMs,
    lead_id: fact.leadId,
    deal_id: fact.dealId,
    account_id: fact.accountId,
    subject: fact.subject,
    period: fact.period,
    ...fact.dimensions,
  });

export const sliceBytes = ({ startMs, ...slice }: SliceRecord): Buffer =>
  encoder.encode(sliceUpdatedType, derivedRegistry.idOf("slice-updated"), { ...slice, start: startMs });

export const heartbeatBytes = (topic: string, partition: number, position: number): Buffer =>
  encoder.encode(heartbeatType, derivedRegistry.idOf("heartbeat"), {
    topic,
    partition,
    position,
    end: position,
    append_time: 0,
    newest_event_time: null,
  });
