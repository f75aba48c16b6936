/** Reads one line of a golden case into an event; README.md beside it documents the syntax. */
import type {
  ActivityLogged,
  DealClosed,
  DealLine,
  LeadCreated,
  SalesEvent,
  Spend,
  SubscriptionChanged,
} from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { Temporal } from "temporal-polyfill";
import { localDay } from "../oracle/local-time.ts";
import type { OracleRecord } from "../oracle/log-input.ts";
import { forecastSubmitted, surveyAnswered, targetSet } from "./golden-plan-line.ts";
import { minor, money, oneOf, present, Words } from "./golden-words.ts";

/** `2026-03-02`, `2026-03-02 09:00`, with seconds and milliseconds: local, or UTC with a `Z` at the end. */
export const goldenTimeMs = (text: string, zone: string): number =>
  text.endsWith("Z")
    ? Temporal.Instant.from(text.replace(" ", "T")).epochMilliseconds
    : Temporal.PlainDateTime.from(text.replace(" ", "T")).toZonedDateTime(zone).epochMilliseconds;

const dayOf = (date: string): number => localDay(Date.parse(`${date}T00:00:00Z`), "UTC");

const closesOn = (words: Words): number | undefined => {
  const date = words.named("closes");
  return date === undefined ? undefined : dayOf(date);
};

const owned = (words: Words) => present({ owner: words.named("owner"), team: words.named("team") });

/** `product:quantity:amount` and, where known, `:cost`; several after another with `,`. */
const linesOf = (words: Words, currency: string): ReadonlyArray<DealLine> =>
  (words.named("lines")?.split(",") ?? []).map((line) => {
    const [product = "", quantity = "1", amount = "0", cost] = line.split(":");
    const head = { product, quantity: Number(quantity), amount_minor: minor(amount, currency) };
    return cost === undefined ? head : { ...head, cost_minor: minor(cost, currency) };
  });

const leadCreated = (words: Words): Omit<LeadCreated, "type" | "lead_id" | HeadKey> => {
  const expected = words.has("expects") ? money(words) : undefined;
  return {
    ...owned(words),
    ...present({
      account_id: words.named("account"),
      channel: words.named("channel"),
      campaign: words.named("campaign"),
      region: words.named("region"),
      segment: words.named("segment"),
      product: words.named("product"),
      pipeline: words.named("pipeline"),
      expected_value_minor: expected?.amount_minor,
      currency: expected?.currency,
      expected_close_on: closesOn(words),
    }),
  };
};

const stageChanged = (words: Words) => {
  oneOf(["to"], words.take("to"));
  const to_stage = words.take("a stage");
  const worth = words.has("worth") ? money(words) : undefined;
  const deal = present({ deal_id: words.named("deal"), expected_close_on: closesOn(words) });
  return { to_stage, ...owned(words), ...deal, ...(worth ?? {}) };
};

const activityLogged = (words: Words): Pick<ActivityLogged, "kind" | "rep" | "direction" | "automated"> => ({
  kind: oneOf(["call", "email", "message", "meeting_booked", "meeting_held"], words.take("an activity")),
  rep: words.has("by") ? words.take("a rep") : "rep",
  direction: words.flag("inbound") ? "inbound" : "outbound",
  automated: words.flag("automated"),
});

/** `term=MONTHS`, and `recurring=` the recurring part of the amount, over the whole term. */
const contractOf = (words: Words, currency: string) => {
  const [term, recurring] = [words.named("term"), words.named("recurring")];
  return present({
    term_months: term === undefined ? undefined : Number(term),
    recurring_amount_minor: recurring === undefined ? undefined : minor(recurring, currency),
  });
};

const dealClosed = (words: Words, workspace: Workspace): Omit<DealClosed, "type" | "lead_id" | HeadKey> => {
  const outcome = oneOf(["won", "lost", "no_decision"], words.take("an outcome"));
  const hasAmount = words.takeIf((word) => word === "for") !== undefined || outcome === "won";
  const amount = hasAmount ? money(words) : { amount_minor: 0, currency: workspace.currency };
  return {
    outcome,
    ...amount,
    lines: linesOf(words, amount.currency),
    ...owned(words),
    ...contractOf(words, amount.currency),
    ...present({ deal_id: words.named("deal"), account_id: words.named("account") }),
  };
};

const spend = (words: Words): Omit<Spend, "type" | "channel" | HeadKey> => {
  const category = oneOf(
    ["advertising", "marketing_team", "sales_team", "creative", "technology", "production", "other"],
    words.take("a category"),
  );
  const amount = money(words);
  const [first = "", last = first] = words.take("FROM..TO").split("..");
  return {
    category,
    ...amount,
    period_start: dayOf(first),
    period_end: dayOf(last),
    ...present({ campaign: words.named("campaign") }),
  };
};

const subscriptionChanged = (words: Words): Omit<SubscriptionChanged, "type" | "account_id" | HeadKey> => {
  const subscription_id = words.take("a subscription");
  const reason = oneOf(["started", "changed", "cancelled"], words.take("a reason"));
  const { amount_minor, currency } = money(words);
  return { subscription_id, reason, mrr_minor: amount_minor, currency };
};

type HeadKey = "event_id" | "source_system" | "occurred_at" | "revision" | "voided";

const bodyOf = (
  head: Pick<SalesEvent, HeadKey>,
  type: string,
  key: string,
  words: Words,
  workspace: Workspace,
): SalesEvent => {
  switch (type) {
    case "lead-created":
      return { type, ...head, lead_id: key, ...leadCreated(words) };
    case "stage-changed":
      return { type, ...head, lead_id: key, ...stageChanged(words) };
    case "activity-logged":
      return { type, ...head, lead_id: key, ...activityLogged(words) };
    case "deal-closed":
      return { type, ...head, lead_id: key, ...dealClosed(words, workspace) };
    case "spend":
      return { type, ...head, channel: key, ...spend(words) };
    case "subscription-changed":
      return { type, ...head, account_id: key, ...subscriptionChanged(words) };
    case "target-set":
      return { type, ...head, scope: key, ...targetSet(words) };
    case "forecast-submitted":
      return { type, ...head, scope: key, ...forecastSubmitted(words) };
    case "survey-answered":
      return { type, ...head, account_id: key, ...surveyAnswered(words) };
    default:
      throw new Error(`no golden case has a ${type} yet`);
  }
};

/** The line's event with the time it was appended at: when it happened, unless the line says `appended=`. */
export const goldenRecord = (line: string, number: number, workspace: Workspace): OracleRecord => {
  const words = new Words(line);
  const date = words.take("a date");
  const clock = words.takeIf((word) => /^\d\d:\d\d/.test(word));
  const zone = workspace.timeZone;
  const occurred_at = goldenTimeMs(clock === undefined ? date : `${date} ${clock}`, zone);
  const type = words.take("an event type");
  const key = words.take("the id of a lead, a channel, an account or a scope");
  const appended = words.named("appended");
  const head = {
    event_id: words.named("id") ?? `e${number}`,
    source_system: words.named("source") ?? "golden",
    occurred_at,
    revision: Number(words.named("revision") ?? 0),
    voided: words.flag("voided"),
  };
  const event = bodyOf(head, type, key, words, workspace);
  words.end();
  return {
    event,
    appendTimeMs: appended === undefined ? occurred_at : goldenTimeMs(appended, zone),
    offset: number - 1,
  };
};
