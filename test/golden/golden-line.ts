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
import { currencyDigits } from "../oracle/money.ts";

/** A line's words: those that stand alone, in order, and those written `name=value`. */
class Words {
  readonly #plain: Array<string> = [];
  readonly #named = new Map<string, string>();

  constructor(line: string) {
    for (const token of line.match(/(?:[^\s"]+|"[^"]*")+/g) ?? []) {
      const word = token.replaceAll('"', "");
      const split = word.indexOf("=");
      if (split > 0) this.#named.set(word.slice(0, split), word.slice(split + 1));
      else this.#plain.push(word);
    }
  }

  take(what: string): string {
    const word = this.#plain.shift();
    if (word === undefined) throw new Error(`expected ${what}, found the end of the line`);
    return word;
  }

  takeIf(matches: (word: string) => boolean): string | undefined {
    const next = this.#plain[0];
    return next !== undefined && matches(next) ? this.#plain.shift() : undefined;
  }

  has(word: string): boolean {
    return this.takeIf((next) => next === word) !== undefined;
  }

  /** Whether the word stands anywhere. */
  flag(word: string): boolean {
    const at = this.#plain.indexOf(word);
    if (at >= 0) this.#plain.splice(at, 1);
    return at >= 0;
  }

  named(name: string): string | undefined {
    const value = this.#named.get(name);
    this.#named.delete(name);
    return value;
  }

  end(): void {
    const left = [...this.#plain, ...this.#named.keys()];
    if (left.length > 0) throw new Error(`does not know what to do with ${left.join(" ")}`);
  }
}

const oneOf = <A extends string>(words: ReadonlyArray<A>, found: string): A => {
  const known = words.find((word) => word === found);
  if (known === undefined) throw new Error(`expected one of ${words.join(", ")}, found ${found}`);
  return known;
};

/** The fields that have a value. */
const present = <F extends Record<string, unknown>>(fields: F): { [K in keyof F]?: Exclude<F[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof F]?: Exclude<F[K], undefined>;
  };

/** `2026-03-02`, `2026-03-02 09:00`, with seconds and milliseconds: local, or UTC with a `Z` at the end. */
export const goldenTimeMs = (text: string, zone: string): number =>
  text.endsWith("Z")
    ? Temporal.Instant.from(text.replace(" ", "T")).epochMilliseconds
    : Temporal.PlainDateTime.from(text.replace(" ", "T")).toZonedDateTime(zone).epochMilliseconds;

const dayOf = (date: string): number => localDay(Date.parse(`${date}T00:00:00Z`), "UTC");

/** A decimal amount in minor units, exactly. */
const minor = (text: string, currency: string): number => {
  const digits = currencyDigits(currency);
  const [whole = "0", fraction = ""] = text.split(".");
  if (!/^\d+$/.test(whole + fraction) || fraction.length > digits)
    throw new Error(`${text} is no amount of ${currency}`);
  return Number(whole + fraction.padEnd(digits, "0"));
};

const money = (words: Words): { readonly amount_minor: number; readonly currency: string } => {
  const text = words.take("an amount");
  const currency = words.take("a currency");
  return { amount_minor: minor(text, currency), currency };
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
    }),
  };
};

const stageChanged = (words: Words) => {
  oneOf(["to"], words.take("to"));
  const to_stage = words.take("a stage");
  const worth = words.has("worth") ? money(words) : undefined;
  return { to_stage, ...owned(words), ...present({ deal_id: words.named("deal") }), ...(worth ?? {}) };
};

const activityLogged = (words: Words): Pick<ActivityLogged, "kind" | "rep" | "direction" | "automated"> => ({
  kind: oneOf(["call", "email", "message", "meeting_booked", "meeting_held"], words.take("an activity")),
  rep: words.has("by") ? words.take("a rep") : "rep",
  direction: words.flag("inbound") ? "inbound" : "outbound",
  automated: words.flag("automated"),
});

const dealClosed = (words: Words, workspace: Workspace): Omit<DealClosed, "type" | "lead_id" | HeadKey> => {
  const outcome = oneOf(["won", "lost", "no_decision"], words.take("an outcome"));
  const hasAmount = words.takeIf((word) => word === "for") !== undefined || outcome === "won";
  const amount = hasAmount ? money(words) : { amount_minor: 0, currency: workspace.currency };
  return {
    outcome,
    ...amount,
    lines: linesOf(words, amount.currency),
    ...owned(words),
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
  const key = words.take("the id of a lead, a channel or an account");
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
