import type { DealClosed, StageChanged } from "@leadwire/events";
import { noValue } from "@leadwire/funnel";
import { businessMsBetween } from "./business-time.ts";
import type { Counted } from "./counted.ts";
import { attributeOf, createdAtMs, expectedValue, type Lead, type LeadEvent } from "./lead.ts";
import { dateOfDay, dateStartMs } from "./local-time.ts";
import { converted } from "./money.ts";
import { dealOf, dimensionsAt, dimensionsHeld } from "./ownership.ts";
import { placeOf } from "./stage.ts";

export type Step = StageChanged | DealClosed;

const isStep = (event: LeadEvent): event is Step => event.type === "stage-changed" || event.type === "deal-closed";

/** The stage changes and closes of each of a lead's deals, in order. */
export const dealsOf = (lead: Lead): ReadonlyArray<{ readonly id: string; readonly steps: ReadonlyArray<Step> }> =>
  [...Map.groupBy(lead.events.filter(isStep), dealOf)].map(([id, steps]) => ({ id, steps }));

type Mark = "qualified" | "opportunity";

/** Entering a stage passes those before it; a won deal has passed all. */
const passes = (lead: Lead, mark: Mark) => (step: Step) =>
  step.type === "deal-closed"
    ? step.outcome === "won"
    : placeOf(step.to_stage, attributeOf(lead, "pipeline"), lead.workspace)[mark];

/** The first time any of the lead's deals passed a mark. */
const firstPassing = (lead: Lead, mark: Mark): ReadonlyArray<Counted> => {
  const step = lead.events.filter(isStep).find(passes(lead, mark));
  if (step === undefined) return [];
  const stage = step.type === "stage-changed" ? step.to_stage : noValue;
  return [{ atMs: step.occurred_at, dimensions: dimensionsAt({ lead, scope: "lead", stage }, step) }];
};

export const qualifiedOf = (lead: Lead): ReadonlyArray<Counted> => firstPassing(lead, "qualified");
export const opportunitiesOf = (lead: Lead): ReadonlyArray<Counted> => firstPassing(lead, "opportunity");

/** A created lead that became an opportunity, as one of the cohort of its creation. */
export const cohortOpportunityOf = (lead: Lead): ReadonlyArray<Counted> =>
  createdOf(lead).flatMap((created) =>
    opportunitiesOf(lead).map(({ atMs }) => ({
      ...created,
      atMs: Math.max(atMs, created.atMs),
      cohortAtMs: created.atMs,
    })),
  );

/** Amounts stated by the stage changes among some steps, the latest last. */
const amountsStated = (lead: Lead, steps: ReadonlyArray<Step>): ReadonlyArray<bigint> =>
  steps.flatMap((step) =>
    step.type === "stage-changed" && step.amount_minor !== undefined
      ? [converted(step.amount_minor, step.currency ?? lead.workspace.currency, step.occurred_at, lead.workspace)]
      : [],
  );

/** What an open deal is worth after some steps; null where nobody has said so. */
const openAmount = (lead: Lead, steps: ReadonlyArray<Step>): bigint | null =>
  amountsStated(lead, steps).at(-1) ?? expectedValue(lead);

/** The day that a stage change of the deal last said it would close on, else the first that a creation says. */
const expectedCloseMs = (lead: Lead, steps: ReadonlyArray<Step>): number | null => {
  const days = steps.flatMap((step) => (step.type === "stage-changed" ? [step.expected_close_on] : []));
  const created = lead.creations.map((creation) => creation.expected_close_on).find((day) => day !== undefined);
  const day = days.findLast((stated) => stated !== undefined) ?? created;
  return day === undefined ? null : dateStartMs(dateOfDay(day), lead.workspace.timeZone);
};

/** The deals of a lead that stand in the open pipeline at an instant. */
export const openDealsOf = (lead: Lead, ms: number): ReadonlyArray<Counted> =>
  dealsOf(lead).flatMap(({ id, steps }) => {
    const before = steps.filter((step) => step.occurred_at < ms);
    const last = before.at(-1);
    if (last?.type !== "stage-changed" || !before.some(passes(lead, "opportunity"))) return [];
    const dimensions = dimensionsHeld({ lead, scope: { deal: id }, stage: last.to_stage }, ms);
    const dueAtMs = expectedCloseMs(lead, before);
    return [
      {
        atMs: ms,
        dimensions,
        amountMinor: openAmount(lead, before) ?? 0n,
        probability: placeOf(last.to_stage, attributeOf(lead, "pipeline"), lead.workspace).probability,
        ...(dueAtMs === null ? {} : { dueAtMs }),
      },
    ];
  });

/** The close that stands: the last of a deal, unless a stage change after it took it back. */
export interface StandingClose {
  readonly lead: Lead;
  readonly close: DealClosed;
  readonly before: ReadonlyArray<Step>;
}

export const standingClosesOf = (lead: Lead): ReadonlyArray<StandingClose> =>
  dealsOf(lead).flatMap(({ steps }) => {
    const close = steps.at(-1);
    return close?.type === "deal-closed" ? [{ lead, close, before: steps.slice(0, -1) }] : [];
  });

const closeAmount = ({ lead, close }: StandingClose): bigint =>
  converted(close.amount_minor, close.currency, close.occurred_at, lead.workspace);

export const closeDimensions = ({ lead, close }: StandingClose, product?: string) =>
  dimensionsAt({ lead, scope: { deal: dealOf(close) }, ...(product === undefined ? {} : { product }) }, close);

/** By value, a deal lost for 0 weighs what it was last open for. */
const closeWorth = (standing: StandingClose): bigint | null => {
  const amount = closeAmount(standing);
  return standing.close.outcome === "won" || amount !== 0n ? amount : openAmount(standing.lead, standing.before);
};

/** A deal's latest outcome; `disqualified` where it was closed without ever having been an opportunity. */
export const closedOf = (lead: Lead): ReadonlyArray<Counted> =>
  standingClosesOf(lead).map((standing) => {
    const { close, before } = standing;
    const wasOpportunity = close.outcome === "won" || before.some(passes(lead, "opportunity"));
    const created = createdAtMs(lead);
    const worth = closeWorth(standing);
    const cycle = created === null ? null : close.occurred_at - created;
    return {
      atMs: close.occurred_at,
      outcome: wasOpportunity ? close.outcome : "disqualified",
      amountMinor: closeAmount(standing),
      dimensions: closeDimensions(standing),
      ...(worth === null ? {} : { worthMinor: worth }),
      ...(close.outcome === "won" && created !== null && cycle !== null && cycle >= 0
        ? { durationMs: cycle, businessMs: businessMsBetween(created, close.occurred_at, lead.workspace) }
        : {}),
    };
  });

/** The lines of a won deal, and under `(none)` what they leave of its amount. */
const linesOf = (standing: StandingClose): ReadonlyArray<Counted> => {
  const { lead, close } = standing;
  const at = { atMs: close.occurred_at };
  const amount = closeAmount(standing);
  if (close.lines.length === 0) return [{ ...at, amountMinor: amount, dimensions: closeDimensions(standing) }];
  const lines = close.lines.map((line) => ({
    ...at,
    amountMinor: converted(line.amount_minor, close.currency, close.occurred_at, lead.workspace),
    unitsMilli: BigInt(Math.round(line.quantity * 1000)),
    ...(line.cost_minor === undefined
      ? {}
      : { costMinor: converted(line.cost_minor, close.currency, close.occurred_at, lead.workspace) }),
    dimensions: closeDimensions(standing, line.product),
  }));
  const remainder = amount - lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  const rest = { ...at, amountMinor: remainder, dimensions: closeDimensions(standing, noValue) };
  return remainder === 0n ? lines : [...lines, rest];
};

export const salesOf = (lead: Lead): ReadonlyArray<Counted> =>
  standingClosesOf(lead)
    .filter(({ close }) => close.outcome === "won")
    .flatMap(linesOf);

/** Won deals that bring money again and again, with what they bring over their term; 12 months where none is stated. */
export const contractsOf = (lead: Lead): ReadonlyArray<Counted> =>
  standingClosesOf(lead).flatMap((standing) => {
    const { close } = standing;
    const recurring = close.recurring_amount_minor ?? 0;
    if (close.outcome !== "won" || recurring <= 0) return [];
    return [
      {
        atMs: close.occurred_at,
        amountMinor: converted(recurring, close.currency, close.occurred_at, lead.workspace),
        termMonths: close.term_months ?? 12,
        outcome: close.term_months === undefined ? "no_term" : "stated",
        dimensions: closeDimensions(standing),
      },
    ];
  });

export const createdOf = (lead: Lead): ReadonlyArray<Counted> =>
  lead.creations.slice(0, 1).map((creation) => ({
    atMs: creation.occurred_at,
    dimensions: dimensionsAt({ lead, scope: "lead" }, creation),
  }));

/** The cohort's outcome: a created lead with a win that stands, at the first of them, with the creation's dimensions. */
export const wonLeadOf = (lead: Lead): ReadonlyArray<Counted> => {
  const wins = standingClosesOf(lead).filter(({ close }) => close.outcome === "won");
  if (wins.length === 0) return [];
  const atMs = Math.min(...wins.map(({ close }) => close.occurred_at));
  return createdOf(lead).map((created) => ({ ...created, atMs, cohortAtMs: created.atMs }));
};
