import type { FactKind } from "@leadwire/funnel";
import { type ExplainedPart, type FactLine, isoText, type NamedDimension, takenOf } from "@leadwire/kpis";
import type { Store } from "@leadwire/store";
import { type EventName, type FactEvent, factEvents, originOf, readEvents } from "../fact-events.ts";
import { reportRows } from "../report-rows.ts";

/** A fact behind a number; of a level what stands, with its newest fact. Empty ids and outcomes are left out. */
export interface ExplainedFact {
  readonly fact_id: string;
  readonly kind: FactKind;
  readonly outcome?: string;
  readonly at: string;
  readonly lead_id?: string;
  readonly deal_id?: string;
  readonly account_id?: string;
  readonly owner?: string;
  readonly group: Readonly<Record<string, string>>;
  readonly count: number;
  /** What it adds to the part's total, in the part's unit. */
  readonly value: number;
  /** Where values are weighed: the stage's probability in 1/10,000, or the months of a term. */
  readonly weight?: number;
  /** By the time they occurred at. */
  readonly events: ReadonlyArray<FactEvent>;
}

/** Where the facts of a kind are read from: as they are, or as of an earlier time. */
export type FactsOf = (kind: FactKind) => string;

/** Milliseconds and thousandths are told as seconds and units. */
export const inUnit = (taken: bigint, unit: ExplainedPart["unit"]): number =>
  unit === "s" || unit === "units" ? Number(taken) / 1000 : Number(taken);

interface FactDetail {
  readonly outcome: string;
  readonly atMs: number;
  readonly leadId: string;
  readonly dealId: string;
  readonly accountId: string;
  readonly owner: string;
  readonly rests: boolean;
  readonly cause: EventName;
  readonly group: ReadonlyArray<string>;
}

const readDetails = async (
  store: Store,
  facts: FactsOf,
  { query: { measure } }: ExplainedPart,
  ids: ReadonlyArray<string>,
  by: ReadonlyArray<NamedDimension>,
): Promise<ReadonlyMap<string, FactDetail>> => {
  const dims = by.map(({ dimension }) => `, ${dimension}`).join("");
  const rows = await reportRows(store, {
    sql: `SELECT fact_id, outcome, toUnixTimestamp64Milli(at), lead_id, deal_id, account_id, owner,
  cohort_at IS NOT NULL OR duration_ms IS NOT NULL, cause_source, cause_event_id${dims}
FROM ${facts(measure.kind)} WHERE kind = '${measure.kind}' AND fact_id IN {ids:Array(String)}`,
    params: { ids },
  });
  return new Map(
    rows.map(([id, outcome, atMs, leadId, dealId, accountId, owner, rests, source, eventId, ...group]) => [
      String(id),
      {
        outcome: String(outcome),
        atMs: Number(atMs),
        leadId: String(leadId),
        dealId: String(dealId),
        accountId: String(accountId),
        owner: String(owner),
        rests: Number(rests) === 1,
        cause: { source: String(source), id: String(eventId) },
        group: group.map(String),
      },
    ]),
  );
};

/** The event that created each of these leads. */
const readCreations = async (
  store: Store,
  facts: FactsOf,
  leadIds: ReadonlyArray<string>,
): Promise<ReadonlyMap<string, EventName>> => {
  if (leadIds.length === 0) return new Map();
  const rows = await reportRows(store, {
    sql: `SELECT lead_id, fact_id FROM ${facts("lead_created")}
WHERE kind = 'lead_created' AND lead_id IN {leads:Array(String)}`,
    params: { leads: leadIds },
  });
  return new Map(
    rows.flatMap(([lead, fact]) => {
      const origin = originOf(String(fact), "lead_created");
      return origin === undefined ? [] : [[String(lead), origin] as const];
    }),
  );
};

const unlessEmpty = (name: string, text: string): Readonly<Record<string, string>> =>
  text === "" ? {} : { [name]: text };

/** The lines of a part as people and programs read them, with the events behind each. Rejects with StoreError. */
export const explainedFacts = async (
  store: Store,
  facts: FactsOf,
  part: ExplainedPart,
  lines: ReadonlyArray<FactLine>,
  by: ReadonlyArray<NamedDimension>,
): Promise<ReadonlyArray<ExplainedFact>> => {
  if (lines.length === 0) return [];
  const { kind } = part.query.measure;
  const details = await readDetails(
    store,
    facts,
    part,
    lines.map(({ factId }) => factId),
    by,
  );
  const resting = [...details.values()].filter(({ rests, leadId }) => rests && leadId !== "");
  const creations = await readCreations(store, facts, [...new Set(resting.map(({ leadId }) => leadId))]);
  const named = lines.flatMap(({ factId }) => [originOf(factId, kind), details.get(factId)?.cause]);
  const events = await readEvents(store, [...named.filter((name) => name !== undefined), ...creations.values()]);
  return lines.map((line): ExplainedFact => {
    const detail = details.get(line.factId);
    if (detail === undefined) throw new Error(`the fact ${line.factId} went away while it was read`);
    const roles = [
      ["origin", originOf(line.factId, kind)],
      ["cause", detail.cause],
      ["creation", detail.rests ? creations.get(detail.leadId) : undefined],
    ] as const;
    return {
      fact_id: line.factId,
      kind,
      ...unlessEmpty("outcome", detail.outcome),
      at: isoText(detail.atMs),
      ...unlessEmpty("lead_id", detail.leadId),
      ...unlessEmpty("deal_id", detail.dealId),
      ...unlessEmpty("account_id", detail.accountId),
      ...unlessEmpty("owner", detail.owner),
      group: Object.fromEntries(by.map(({ name }, index) => [name, detail.group[index] ?? ""])),
      count: Number(line.count),
      value: inUnit(takenOf(part, line), part.unit),
      ...(part.weigh === undefined || line.bin === null ? {} : { weight: line.bin }),
      events: factEvents(roles, events),
    };
  });
};
