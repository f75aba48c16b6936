/** Reads one line of text into an event, as golden cases and tests of rules write it; test/golden/README.md documents the syntax. */
import type {
  ActivityLogged,
  DealClosed,
  DealLine,
  LeadCreated,
  SalesEvent,
  Spend,
  SubscriptionChanged,
} from "@leadwire/events";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { Temporal } from "temporal-polyfill";
import { dayOfText } from "../calendar/civil-day.ts";
import type { Workspace } from "../workspace.ts";
import { LineFault, minor, money, oneOf, present, Words } from "./line-words.ts";
import { forecastSubmitted, surveyAnswered, targetSet } from "./plan-line.ts";

/** An event and how it came. */
export interface EventLine {
  readonly event: SalesEvent;
  /** When the log got it: when it happened, unless the line says `arrived=`. */
  readonly appendTimeMs: number;
  /** The import or replay that it came by, where the line says `backfill=`. */
  readonly backfill?: string;
}

export interface EventLineContext {
  readonly workspace: Workspace;
  /** Of events whose line names no `source=`. */
  readonly sourceSystem: string;
  /** The line's place, from 1: an event without an `id=` is `e` and this number. */
  readonly number: number;
}

const timeMs = (text: string, zone: string): number =>
  text.endsWith("Z")
    ? Temporal.Instant.from(text.replace(" ", "T")).epochMilliseconds
    : Temporal.PlainDateTime.from(text.replace(" ", "T")).toZonedDateTime(zone).epochMilliseconds;

const timeForms = "a time such as 2026-03-02 09:00, local, or UTC with a Z";

/** `2026-03-02`, `2026-03-02 09:00`, with seconds and milliseconds: local, or UTC with a `Z` at the end. Left: why not. */
export const parseLineTime = (text: string, zone: string): Either<string, number> => {
  try {
    return right(timeMs(text, zone));
  } catch {
    // Temporal throws a RangeError for whatever is no time.
    return left(`expected ${timeForms}, found ${text}`);
  }
};

const timeOf = (text: string, zone: string): number => {
  const found = parseLineTime(text, zone);
  if (found._tag === "Left") throw new LineFault(found.left);
  return found.right;
};

const dayOf = (date: string): number => {
  const day = dayOfText(date);
  if (day === undefined) throw new LineFault(`expected a date such as 2026-04-30, found ${date}`);
  return day;
};

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
      throw new LineFault(
        `expected lead-created, stage-changed, activity-logged, deal-closed, spend, subscription-changed, target-set, forecast-submitted or survey-answered, found ${type}`,
      );
  }
};

const headOf = (words: Words, occurred_at: number, { number, sourceSystem }: EventLineContext) => ({
  event_id: words.named("id") ?? `e${number}`,
  source_system: words.named("source") ?? sourceSystem,
  occurred_at,
  revision: Number(words.named("revision") ?? 0),
  voided: words.flag("voided"),
});

const eventLine = (line: string, context: EventLineContext): EventLine => {
  const words = new Words(line);
  const date = words.take("a date");
  const clock = words.takeIf((word) => /^\d\d:\d\d/.test(word));
  const zone = context.workspace.timeZone;
  const occurredAtMs = timeOf(clock === undefined ? date : `${date} ${clock}`, zone);
  const type = words.take("an event type");
  const key = words.take("the id of a lead, a channel, an account or a scope");
  const arrived = words.named("arrived");
  const backfill = words.named("backfill");
  const event = bodyOf(headOf(words, occurredAtMs, context), type, key, words, context.workspace);
  words.end();
  return {
    event,
    appendTimeMs: arrived === undefined ? occurredAtMs : timeOf(arrived, zone),
    ...(backfill === undefined ? {} : { backfill }),
  };
};

/** Reads one line. Left: what was expected and what was found. */
export const parseEventLine = (line: string, context: EventLineContext): Either<string, EventLine> => {
  try {
    return right(eventLine(line, context));
  } catch (fault) {
    if (fault instanceof LineFault) return left(fault.message);
    throw fault;
  }
};
