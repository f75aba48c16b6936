import type { SalesEvent, Spend, SubscriptionChanged } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import type { Counted } from "./counted.ts";
import { newCustomers } from "./customer.ts";
import { closedOf, createdOf, openDealsOf, qualifiedOf, salesOf, wonLeadOf } from "./deal.ts";
import { type LeadEvent, leadOf } from "./lead.ts";
import type { OracleInput } from "./log-input.ts";
import { responsesOf, slaOf, waitingOf } from "./response.ts";
import { spendDays } from "./spend.ts";
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
  readonly wonLeads: ReadonlyArray<Counted>;
  readonly closed: ReadonlyArray<Counted>;
  readonly sales: ReadonlyArray<Counted>;
  readonly spendDays: ReadonlyArray<Counted>;
  readonly newCustomers: ReadonlyArray<Counted>;
  readonly openDealsAt: (ms: number) => ReadonlyArray<Counted>;
  readonly waitingAt: (ms: number, readAtMs: number) => ReadonlyArray<Counted>;
}

const isLeadEvent = (event: SalesEvent): event is LeadEvent => "lead_id" in event;
const isSpend = (event: SalesEvent): event is Spend => event.type === "spend";
const isSubscription = (event: SalesEvent): event is SubscriptionChanged => event.type === "subscription-changed";

export const companyOf = (input: OracleInput): Company => {
  const { workspace } = input;
  const events = standingEvents(input);
  const byLead = Map.groupBy(events.filter(isLeadEvent), (event) => event.lead_id);
  const leads = [...byLead].map(([id, history]) => leadOf(id, history, workspace));
  return {
    workspace,
    events,
    hasActivity: events.some((event) => event.type === "activity-logged"),
    created: leads.flatMap(createdOf),
    qualified: leads.flatMap(qualifiedOf),
    responses: leads.flatMap(responsesOf),
    slas: leads.flatMap(slaOf),
    wonLeads: leads.flatMap(wonLeadOf),
    closed: leads.flatMap(closedOf),
    sales: leads.flatMap(salesOf),
    spendDays: events.filter(isSpend).flatMap((event) => spendDays(event, workspace)),
    newCustomers: newCustomers(leads, events.filter(isSubscription)),
    openDealsAt: (ms) => leads.flatMap((lead) => openDealsOf(lead, ms)),
    waitingAt: (ms, readAtMs) => leads.flatMap((lead) => waitingOf(lead, ms, readAtMs)),
  };
};
