import { missing, type Name } from "./names.ts";

/** Indexes into `factKinds`. */
export const Kind = {
  leadCreated: 0,
  leadQualified: 1,
  leadOpportunity: 2,
  leadResponded: 3,
  leadSla: 4,
  leadUnanswered: 5,
  leadWon: 6,
  dealPipeline: 7,
  dealClosed: 8,
  sale: 9,
  spendDay: 10,
  customerNew: 11,
  cohortOpportunity: 12,
  leadSlaBusiness: 13,
  stageEntered: 14,
  stageLeft: 15,
  wonStageTime: 16,
  firstMeeting: 17,
  activity: 18,
  contract: 19,
  mrrMoved: 20,
  customerActive: 21,
  survey: 22,
  target: 23,
  forecast: 24,
} as const;

/** Indexes into `factOutcomes`. */
export const OutcomeIndex = {
  none: 0,
  won: 1,
  lost: 2,
  noDecision: 3,
  disqualified: 4,
  met: 5,
  missed: 6,
  firstTouch: 7,
  earlyTouch: 8,
  /** The first spend category; the others follow in the order of the Avro enum. */
  advertising: 9,
  entered: 16,
  skipped: 17,
  again: 18,
  advanced: 19,
  advancedAgain: 20,
  regressed: 21,
  /** The first activity kind; the others follow in the order of the Avro enum. */
  call: 22,
  automated: 27,
  stated: 28,
  noTerm: 29,
  /** Movements of an account's mrr. */
  new: 30,
  expansion: 31,
  contraction: 32,
  churn: 33,
  reactivation: 34,
  csat: 35,
  promoter: 36,
  passive: 37,
  detractor: 38,
} as const;

/**
 * A fact inside the engine: names instead of texts. Its identity is (event it is born of, kind, deal, ordinal);
 * `birth` tells the event to whoever keeps the history (a reference into it), so it is no part of a comparison.
 */
export class LiveFact {
  kind = 0;
  birth = 0;
  ordinal = 0;
  atMs = 0;
  outcome = 0;
  count = 1;
  amountMinor = 0;
  /** NaN where unknown. */
  costMinor = Number.NaN;
  units = 0;
  /** NaN where the fact has none. */
  durationMs = Number.NaN;
  /** NaN where the fact has none. */
  businessMs = Number.NaN;
  /** NaN where the bin is that of durationMs, or the fact has none. */
  bin = Number.NaN;
  /** NaN where the fact has none. */
  cohortAtMs = Number.NaN;
  /** NaN where the fact has none. */
  dueAtMs = Number.NaN;
  /** NaN where the fact has none. */
  termMonths = Number.NaN;
  deal: Name = missing;
  account: Name = missing;
  owner: Name = missing;
  team: Name = missing;
  region: Name = missing;
  channel: Name = missing;
  campaign: Name = missing;
  segment: Name = missing;
  product: Name = missing;
  pipeline: Name = missing;
  stage: Name = missing;
  subject: Name = missing;
  period: Name = missing;

  /** As it was made. */
  clear(): void {
    this.kind = 0;
    this.birth = 0;
    this.ordinal = 0;
    this.atMs = 0;
    this.outcome = 0;
    this.count = 1;
    this.amountMinor = 0;
    this.costMinor = Number.NaN;
    this.units = 0;
    this.durationMs = Number.NaN;
    this.businessMs = Number.NaN;
    this.bin = Number.NaN;
    this.cohortAtMs = Number.NaN;
    this.dueAtMs = Number.NaN;
    this.termMonths = Number.NaN;
    this.deal = missing;
    this.account = missing;
    this.owner = missing;
    this.team = missing;
    this.region = missing;
    this.channel = missing;
    this.campaign = missing;
    this.segment = missing;
    this.product = missing;
    this.pipeline = missing;
    this.stage = missing;
    this.subject = missing;
    this.period = missing;
  }
}

/** Whether two facts of one identity say the same. */
export const sameFact = (a: LiveFact, b: LiveFact): boolean =>
  a.atMs === b.atMs &&
  a.outcome === b.outcome &&
  a.count === b.count &&
  a.amountMinor === b.amountMinor &&
  Object.is(a.costMinor, b.costMinor) &&
  a.units === b.units &&
  Object.is(a.durationMs, b.durationMs) &&
  Object.is(a.businessMs, b.businessMs) &&
  Object.is(a.bin, b.bin) &&
  Object.is(a.cohortAtMs, b.cohortAtMs) &&
  Object.is(a.dueAtMs, b.dueAtMs) &&
  Object.is(a.termMonths, b.termMonths) &&
  a.account === b.account &&
  a.owner === b.owner &&
  a.team === b.team &&
  a.region === b.region &&
  a.channel === b.channel &&
  a.campaign === b.campaign &&
  a.segment === b.segment &&
  a.product === b.product &&
  a.pipeline === b.pipeline &&
  a.stage === b.stage &&
  a.subject === b.subject &&
  a.period === b.period;

/** Where a fold puts what it finds. A fact that a single step makes is used again by the next one: copy what must last. */
export interface FactSink {
  /** A fact that was not there. */
  readonly assert: (fact: LiveFact) => void;
  /** A fact of the same identity in the place of `before`. */
  readonly replace: (before: LiveFact, after: LiveFact) => void;
  readonly retract: (fact: LiveFact) => void;
}
