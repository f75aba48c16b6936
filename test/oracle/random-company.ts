import type { EventHead, SalesEvent, Spend } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { localDay } from "./local-time.ts";
import type { OracleRecord } from "./log-input.ts";
import { randomOf } from "./random.ts";
import { subscriptionChanged, surveyAnswered } from "./random-account.ts";
import { arrivals, deliveries } from "./random-arrival.ts";
import {
  accounts,
  activityLogged,
  campaigns,
  channels,
  currencyOf,
  dealClosed,
  leadCreated,
  leadEvents,
  type Making,
  stageChanged,
  stated,
  times,
} from "./random-lead.ts";
import { forecastSubmitted, targetSet } from "./random-plan.ts";
import { randomWorkspace } from "./random-workspace.ts";

export interface RandomCompany {
  readonly seed: number;
  readonly workspace: Workspace;
  /** In order of arrival. */
  readonly events: ReadonlyArray<OracleRecord>;
  /** Most events lie from here (included) … */
  readonly fromMs: number;
  /** … to here (excluded). */
  readonly toMs: number;
}

export interface RandomCompanyOptions {
  /** 5 to 60 when not given. */
  readonly leads?: number;
  /**
   * Lets people change team and region amid the company's time. Levels are then read by the placement at the last
   * event that speaks of owner and team, which the definitions leave open; so not by default.
   */
  readonly movingPeople?: boolean;
}

/** Around a change of clocks, a leap day, the end of a year and of a quarter. */
const starts = ["2026-03-12", "2025-10-12", "2024-02-16", "2025-12-10", "2026-03-26", "2025-09-25"] as const;
const days = 36;
const dayMs = 86_400_000;

const spend = (making: Making): Spend => {
  const { random, workspace } = making;
  const atMs = making.moment();
  const first = localDay(atMs, workspace.timeZone) - random.whole(0, 20);
  return {
    type: "spend",
    ...making.head(atMs),
    channel: random.pick(channels),
    ...stated("campaign", random.maybe(0.4, campaigns)),
    category: random.pick(["advertising", "advertising", "sales_team", "technology", "production", "other"]),
    amount_minor: random.pick([0, 1, 5, 100_003, random.whole(0, 1_000_000)]),
    currency: currencyOf(making),
    period_start: first,
    period_end: first + random.pick([0, 1, 6, 29, 39]),
  };
};

/** The same kind of event about the same subject, made anew. */
const rewritten =
  (making: Making) =>
  (event: SalesEvent): SalesEvent => {
    switch (event.type) {
      case "lead-created":
        return leadCreated(making, event.lead_id, event.occurred_at);
      case "stage-changed":
        return stageChanged(making, event.lead_id, event.deal_id, event.occurred_at);
      case "activity-logged":
        return activityLogged(making, event.lead_id, event.occurred_at);
      case "deal-closed":
        return dealClosed(making, event.lead_id, event.deal_id, event.occurred_at);
      case "spend":
        return { ...spend(making), channel: event.channel };
      case "subscription-changed":
        return { ...subscriptionChanged(making, event.account_id), occurred_at: event.occurred_at };
      case "survey-answered":
        return { ...surveyAnswered(making, event.account_id), occurred_at: event.occurred_at };
      case "target-set":
        return { ...targetSet(making), scope: event.scope };
      case "forecast-submitted":
        return { ...forecastSubmitted(making), scope: event.scope };
      default:
        return event;
    }
  };

const makingOf = (seed: number, movingPeople: boolean): Making => {
  const random = randomOf(seed);
  const fromMs = Date.parse(`${random.pick(starts)}T00:00:00Z`);
  const toMs = fromMs + days * dayMs;
  const ties = Array.from(
    { length: 6 },
    () => fromMs + random.whole(0, days - 1) * dayMs + random.whole(0, 23) * 3_600_000,
  );
  const issued = new Map<string, number>();
  return {
    random,
    workspace: randomWorkspace(random, fromMs, days, movingPeople),
    fromMs,
    toMs,
    head: (occurredAtMs): EventHead => {
      const source = random.pick(["crm", "phone", "web"]);
      const serial = (issued.get(source) ?? 0) + 1;
      issued.set(source, serial);
      return { event_id: `e${serial}`, source_system: source, occurred_at: occurredAtMs, revision: 0, voided: false };
    },
    moment: () => (random.chance(0.4) ? random.pick(ties) : random.whole(fromMs, toMs - 1)),
  };
};

/**
 * An awkward company: ties in time, deals reopened and closed again, corrections in any order, voided, repeated,
 * conflicting, late and orphaned events, several deals to a lead, changing owners, missing dimensions, touches around
 * every limit, spend over periods, several subscriptions to an account that come back, surveys, targets and forecasts set again, three kinds
 * of quarantine. The same seed gives the same company.
 */
export const randomCompany = (seed: number, options: RandomCompanyOptions = {}): RandomCompany => {
  const making = makingOf(seed, options.movingPeople ?? false);
  const { random, workspace, fromMs, toMs } = making;
  const leads = options.leads ?? random.whole(5, 60);
  const isSilent = random.chance(0.1);
  const funnel = Array.from({ length: leads }, (_, i) => leadEvents(making, `L${i + 1}`)).flat();
  // A company of a few leads is asked for where many are made: the rest of it is small, too.
  const isSmall = leads < 10;
  const kept = isSmall ? accounts.slice(0, 2) : accounts;
  const happened = [
    ...funnel.filter((event) => !(isSilent && event.type === "activity-logged")),
    ...times(random.whole(0, 6), () => spend(making)),
    ...kept.flatMap((account) => times(random.pick([0, 0, 1, 2, 4, 9]), () => subscriptionChanged(making, account))),
    ...kept.flatMap((account) => times(random.pick([0, 0, 1, 4]), () => surveyAnswered(making, account))),
    ...times(isSmall ? random.whole(0, 2) : random.pick([0, 10, 40]), () => targetSet(making)),
    ...times(isSmall ? random.whole(0, 2) : random.pick([0, 10, 60]), () => forecastSubmitted(making)),
  ];
  const sent = happened.flatMap((event) => deliveries(making, event, rewritten(making)));
  return { seed, workspace, events: arrivals(random, sent), fromMs, toMs };
};
