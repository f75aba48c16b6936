import { Kind, OutcomeIndex } from "@leadwire/funnel";
import type { Birth } from "./account-entry.ts";
import type { AccountFacts } from "./account-facts.ts";

/** What one event makes of a subscription. */
interface Subscription {
  /** In the workspace's currency. */
  readonly mrrMinor: number;
  /** Whether it costs anything at all in its own currency. */
  readonly runs: boolean;
}

const none: Subscription = { mrrMinor: 0, runs: false };

/** What an account pays a month over all its subscriptions, and how each event moves it. */
export class MrrFold {
  private readonly facts: AccountFacts;
  private readonly subscriptions = new Map<string, Subscription>();
  private totalMinor = 0;
  private hasPaid = false;

  constructor(facts: AccountFacts) {
    this.facts = facts;
  }

  /** The next event in order. Answers how many subscriptions more cost something: 1, 0 or -1. */
  change(id: string, event: Subscription & { readonly atMs: number; readonly birth: Birth }): 1 | 0 | -1 {
    const { mrrMinor, runs, atMs, birth } = event;
    const was = this.subscriptions.get(id) ?? none;
    this.subscriptions.set(id, { mrrMinor, runs });
    const before = this.totalMinor;
    const after = before - was.mrrMinor + mrrMinor;
    this.totalMinor = after;
    if (after !== before) {
      this.facts.put(birth, {
        kind: Kind.mrrMoved,
        atMs,
        outcome: this.movement(before, after),
        count: before === 0 ? 1 : after === 0 ? -1 : 0,
        amountMinor: after - before,
      });
    }
    if (after > 0) this.hasPaid = true;
    return was.runs === runs ? 0 : runs ? 1 : -1;
  }

  private movement(before: number, after: number): number {
    if (before === 0) return this.hasPaid ? OutcomeIndex.reactivation : OutcomeIndex.new;
    if (after === 0) return OutcomeIndex.churn;
    return after > before ? OutcomeIndex.expansion : OutcomeIndex.contraction;
  }
}
