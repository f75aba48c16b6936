import type { SalesEvent, Spend } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { activitiesOf, firstMeetingOf } from "./activity.ts";
import type { Counted } from "./counted.ts";
import { accountsOf, activeAt, mrrMovesOf, newCustomerOf, payingAt, surveysOf } from "./customer.ts";
import {
  closedOf,
  cohortOpportunityOf,
  contractsOf,
  createdOf,
  openDealsOf,
  opportunitiesOf,
  qualifiedOf,
  salesOf,
  wonLeadOf,
} from "./deal.ts";
import { type LeadEvent, leadOf } from "./lead.ts";
import type { OracleInput } from "./log-input.ts";
import { businessSlaOf, responsesOf, slaOf, waitingOf } from "./response.ts";
import { spendDays } from "./spend.ts";
import { stageEntriesOf, stageExitsOf, wonStageTimesOf } from "./stage-flow.ts";
import { standingEvents } from "./standing.ts";

/** All that a log says about a company, as plain lists that metrics filter and add up. */
export interface Company {
  readonly workspace: Workspace;
  readonly events: ReadonlyArray<SalesEvent>;
  readonly hasActivity: boolean;
  readonly created: ReadonlyArray<Counted>;
  readonly qualified: ReadonlyArray<Counted>;
  readonly responses: ReadonlyArray<Counted>;
  readonly slas: ReadonlyArray<Counted>;
  readonly businessSlas: ReadonlyArray<Counted>;
  readonly opportunities: ReadonlyArray<Counted>;
  readonly cohortOpportunities: ReadonlyArray<Counted>;
  readonly activities: ReadonlyArray<Counted>;
  readonly firstMeetings: ReadonlyArray<Counted>;
  readonly stageEntries: ReadonlyArray<Counted>;
  readonly stageExits: ReadonlyArray<Counted>;
  readonly wonStageTimes: ReadonlyArray<Counted>;
  readonly contracts: ReadonlyArray<Counted>;
  readonly mrrMoves: ReadonlyArray<Counted>;
  readonly surveys: ReadonlyArray<Counted>;
  readonly wonLeads: ReadonlyArray<Counted>;
  readonly closed: ReadonlyArray<Counted>;
  readonly sales: ReadonlyArray<Counted>;
  readonly spendDays: ReadonlyArray<Counted>;
  readonly newCustomers: ReadonlyArray<Counted>;
  readonly openDealsAt: (ms: number) => ReadonlyArray<Counted>;
  /** Accounts that pay, with what they pay a month, and those that are customers. */
  readonly payingAt: (ms: number) => ReadonlyArray<Counted>;
  readonly activeAt: (ms: number) => ReadonlyArray<Counted>;
  readonly waitingAt: (ms: number, readAtMs: number) => ReadonlyArray<Counted>;
}

const isLeadEvent = (event: SalesEvent): event is LeadEvent => "lead_id" in event;
const isSpend = (event: SalesEvent): event is Spend => event.type === "spend";

export const companyOf = (input: OracleInput): Company => {
  const { workspace } = input;
  const events = standingEvents(input);
  const byLead = Map.groupBy(events.filter(isLeadEvent), (event) => event.lead_id);
  const leads = [...byLead].map(([id, history]) => leadOf(id, history, workspace));
  const accounts = accountsOf(leads, events, workspace);
  return {
    workspace,
    events,
    hasActivity: events.some((event) => event.type === "activity-logged"),
    created: leads.flatMap(createdOf),
    qualified: leads.flatMap(qualifiedOf),
    responses: leads.flatMap(responsesOf),
    slas: leads.flatMap(slaOf),
    businessSlas: leads.flatMap(businessSlaOf),
    opportunities: leads.flatMap(opportunitiesOf),
    cohortOpportunities: leads.flatMap(cohortOpportunityOf),
    activities: leads.flatMap(activitiesOf),
    firstMeetings: leads.flatMap(firstMeetingOf),
    stageEntries: leads.flatMap(stageEntriesOf),
    stageExits: leads.flatMap(stageExitsOf),
    wonStageTimes: leads.flatMap(wonStageTimesOf),
    contracts: leads.flatMap(contractsOf),
    wonLeads: leads.flatMap(wonLeadOf),
    closed: leads.flatMap(closedOf),
    sales: leads.flatMap(salesOf),
    spendDays: events.filter(isSpend).flatMap((event) => spendDays(event, workspace)),
    newCustomers: accounts.flatMap(newCustomerOf),
    mrrMoves: accounts.flatMap(mrrMovesOf),
    surveys: accounts.flatMap(surveysOf),
    payingAt: (ms) => accounts.flatMap((account) => payingAt(account, ms)),
    activeAt: (ms) => accounts.flatMap((account) => activeAt(account, ms)),
    openDealsAt: (ms) => leads.flatMap((lead) => openDealsOf(lead, ms)),
    waitingAt: (ms, readAtMs) => leads.flatMap((lead) => waitingOf(lead, ms, readAtMs)),
  };
};
