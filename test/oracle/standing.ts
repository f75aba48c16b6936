import type { SalesEvent } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import type { OracleInput, OracleRecord } from "./log-input.ts";
import { currencyStated, rateAt } from "./money.ts";

export type OracleQuarantine = "unknown_stage" | "in_future" | "missing_rate";

const futureToleranceMs = 3_600_000;

/** Why a record is put in quarantine: a function of the record, its append time and the workspace alone. */
export const quarantineReason = (record: OracleRecord, workspace: Workspace): OracleQuarantine | null => {
  const { event } = record;
  if (event.occurred_at > record.appendTimeMs + futureToleranceMs) return "in_future";
  if (event.type === "stage-changed") {
    const known = workspace.pipelines.flatMap((pipeline) => pipeline.stages.map((stage) => stage.id));
    if (!known.includes(event.to_stage)) return "unknown_stage";
  }
  const currency = currencyStated(event, workspace);
  if (currency !== null && currency !== workspace.currency && rateAt(currency, event.occurred_at, workspace) === null) {
    return "missing_rate";
  }
  return null;
};

/** The one content of an identity that counts: its highest revision, of a conflict the smaller hash. */
const counting = (
  events: ReadonlyArray<SalesEvent>,
  contentHash: (event: SalesEvent) => string,
): SalesEvent | undefined => {
  const highest = Math.max(...events.map((event) => event.revision));
  const hashed = events
    .filter((event) => event.revision === highest)
    .map((event) => ({ event, hash: contentHash(event) }));
  return hashed.toSorted((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0))[0]?.event;
};

/** The events that count: known, not quarantined, each identity once, none that is voided. */
export const standingEvents = (input: OracleInput): ReadonlyArray<SalesEvent> => {
  const known = input.events.filter((r) => input.asOfMs === undefined || r.appendTimeMs <= input.asOfMs);
  const accepted = known.filter((record) => quarantineReason(record, input.workspace) === null).map((r) => r.event);
  const identities = Map.groupBy(accepted, (event) => JSON.stringify([event.source_system, event.event_id]));
  return [...identities.values()]
    .map((events) => counting(events, input.contentHash))
    .filter((event) => event !== undefined)
    .filter((event) => !event.voided);
};
