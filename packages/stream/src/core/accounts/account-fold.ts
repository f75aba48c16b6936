import type { SubscriptionChanged, SurveyAnswered } from "@leadwire/events";
import { Kind, OutcomeIndex } from "@leadwire/funnel";
import type { Converter } from "../converter.ts";
import { type AccountEntry, compareEntries, type EventEntry, type WinEntry } from "./account-entry.ts";
import type { AccountFacts } from "./account-facts.ts";
import { ActiveStretches } from "./active-stretches.ts";
import { MrrFold } from "./mrr-fold.ts";

/** The source that stands in the id of a fact that is born of no event but of the account. */
export const accountSource = "account";

const promoterFrom = 9;
const passiveFrom = 7;

const outcomeOf = ({ kind, score }: SurveyAnswered): number => {
  if (kind === "csat") return OutcomeIndex.csat;
  if (score >= promoterFrom) return OutcomeIndex.promoter;
  return score >= passiveFrom ? OutcomeIndex.passive : OutcomeIndex.detractor;
};

/**
 * Folds the entries of one account that count: since when it is a customer, when it is active, what it pays, and its
 * surveys. A whole history is folded by the same steps, in order.
 */
export class AccountFold {
  private readonly account: string;
  private readonly facts: AccountFacts;
  private readonly converter: Converter;
  private readonly mrr: MrrFold;
  private readonly active: ActiveStretches;
  private last: AccountEntry | undefined;
  private latestWin: WinEntry | undefined;
  /** When it became a customer. */
  private startMs = Infinity;

  constructor(account: string, facts: AccountFacts, converter: Converter) {
    this.account = account;
    this.facts = facts;
    this.converter = converter;
    this.mrr = new MrrFold(facts);
    this.active = new ActiveStretches(facts);
  }

  /** Whether an entry is one step from here: a win or a survey wherever it lies, a subscription's event after all else. */
  takes(entry: AccountEntry): boolean {
    if (entry._tag === "Win" || entry.event.type === "survey-answered") return true;
    return this.last === undefined || compareEntries(this.last, entry) < 0;
  }

  /** Adds an entry that `takes` lets through. The dimensions of the latest win are those of all facts. */
  step(entry: AccountEntry): void {
    if (this.last === undefined || compareEntries(this.last, entry) < 0) this.last = entry;
    if (entry._tag === "Event") {
      if (entry.event.type === "survey-answered") this.survey(entry, entry.event);
      else this.subscription(entry, entry.event);
      return;
    }
    if (this.latestWin === undefined || compareEntries(this.latestWin, entry) < 0) this.latestIs(entry);
    this.becomesCustomer(entry.atMs);
    this.active.span(entry, entry.endMs);
  }

  /** Folds a whole history, in order. */
  whole(entries: ReadonlyArray<AccountEntry>): void {
    const latest = entries.findLast((entry) => entry._tag === "Win");
    if (latest !== undefined) this.latestIs(latest);
    for (const entry of entries) this.step(entry);
  }

  private latestIs(win: WinEntry): void {
    this.latestWin = win;
    this.facts.placeAll(win.dimensions);
  }

  private becomesCustomer(atMs: number): void {
    if (atMs >= this.startMs) return;
    this.startMs = atMs;
    const birth = { source: accountSource, eventId: this.account, deal: "" };
    this.facts.put(birth, { kind: Kind.customerNew, atMs });
  }

  private subscription(entry: EventEntry, event: SubscriptionChanged): void {
    const { occurred_at: atMs, mrr_minor: ownMinor, currency } = event;
    const mrrMinor = this.converter.convert(ownMinor, currency, atMs);
    if (mrrMinor === undefined) throw new Error("a subscription without a rate reached the account log");
    const runs = ownMinor > 0;
    if (runs) this.becomesCustomer(atMs);
    const running = this.mrr.change(event.subscription_id, { atMs, mrrMinor, runs, birth: entry.birth });
    if (running === 1) this.active.start(entry);
    else if (running === -1) this.active.stop(entry);
  }

  private survey(entry: EventEntry, event: SurveyAnswered): void {
    const { atMs } = entry;
    this.facts.put(entry.birth, { kind: Kind.survey, atMs, outcome: outcomeOf(event), units: event.score });
  }
}
