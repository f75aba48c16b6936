import type { SalesEvent } from "@leadwire/events";
import { expect, test } from "vitest";
import { companyOf } from "./company.ts";
import { jsonContentHash } from "./content-hash.ts";
import { randomCompany } from "./random-company.ts";
import { quarantineReason } from "./standing.ts";

const seeds = Array.from({ length: 40 }, (_, i) => i + 1);
const companies = seeds.map((seed) => randomCompany(seed));
const records = companies.flatMap(({ events, workspace }) => events.map((record) => ({ record, workspace })));

test("the same seed gives the same company, another one another", () => {
  expect(randomCompany(7)).toEqual(randomCompany(7));
  expect(randomCompany(8).events).not.toEqual(randomCompany(7).events);
});

test("records come in order of arrival", () => {
  for (const { events } of companies) {
    expect(events.map(({ offset }) => offset)).toEqual(events.map((_, i) => i));
    expect(events.map(({ appendTimeMs }) => appendTimeMs)).toEqual(
      events.map(({ appendTimeMs }) => appendTimeMs).toSorted((a, b) => a - b),
    );
  }
});

test("every kind of quarantine comes up, and most records are taken", () => {
  const reasons = Map.groupBy(records, ({ record, workspace }) => quarantineReason(record, workspace));
  for (const reason of ["unknown_stage", "in_future", "missing_rate"] as const) {
    expect(reasons.get(reason)?.length ?? 0, reason).toBeGreaterThan(10);
  }
  expect(reasons.get(null)?.length ?? 0).toBeGreaterThan(records.length * 0.9);
});

test("every outcome comes up: moves through stages, contracts, movements of mrr, surveys", () => {
  const found = new Map<string, number>();
  for (const made of companies) {
    const { stageEntries, stageExits, contracts, mrrMoves, surveys, activities } = companyOf({
      ...made,
      contentHash: jsonContentHash,
    });
    for (const { outcome = "" } of [stageEntries, stageExits, contracts, mrrMoves, surveys, activities].flat()) {
      found.set(outcome, (found.get(outcome) ?? 0) + 1);
    }
  }
  const outcomes = [
    ...["entered", "skipped", "again", "advanced", "advanced_again", "regressed", "lost", "no_decision"],
    ...["stated", "no_term", "new", "expansion", "contraction", "churn", "reactivation"],
    ...["csat", "promoter", "passive", "detractor", "meeting_held", "automated"],
  ];
  for (const outcome of outcomes) expect(found.get(outcome) ?? 0, outcome).toBeGreaterThan(20);
});

test("targets and forecasts are set again for the same scope and period", () => {
  const set = records.flatMap(({ record: { event } }) =>
    event.type === "target-set" || event.type === "forecast-submitted" ? [event] : [],
  );
  const again = [...Map.groupBy(set, ({ type, scope, period }) => `${type} ${scope} ${period}`).values()];
  expect(again.filter((events) => events.length > 1).length).toBeGreaterThan(50);
});

test("an account has several subscriptions, which also change at one instant", () => {
  const changes = records.flatMap(({ record: { event }, workspace }) =>
    event.type === "subscription-changed" ? [{ event, workspace }] : [],
  );
  const together = Map.groupBy(changes, ({ event, workspace }) =>
    JSON.stringify([workspace.timeZone, event.account_id, event.occurred_at]),
  );
  const several = [...together.values()].filter(
    (events) => new Set(events.map(({ event }) => event.subscription_id)).size > 1,
  );
  expect(several.length).toBeGreaterThan(20);
});

const identity = ({ source_system, event_id }: SalesEvent) => `${source_system}/${event_id}`;

test("repeats, corrections, late corrections, conflicts and voidings come up", () => {
  const seen = { repeated: 0, corrected: 0, overtaken: 0, conflicting: 0, voided: 0 };
  for (const { events } of companies) {
    for (const versions of Map.groupBy(events, ({ event }) => identity(event)).values()) {
      const texts = versions.map(({ event }) => JSON.stringify(event));
      const revisions = versions.map(({ event }) => event.revision);
      const perRevision = Map.groupBy(versions, ({ event }) => event.revision).values();
      seen.repeated += new Set(texts).size < texts.length ? 1 : 0;
      seen.corrected += new Set(revisions).size > 1 ? 1 : 0;
      seen.overtaken += revisions.some((revision, i) => revision < (revisions[i - 1] ?? 0)) ? 1 : 0;
      seen.conflicting += [...perRevision].some(
        (same) => new Set(same.map(({ event }) => JSON.stringify(event))).size > 1,
      )
        ? 1
        : 0;
      seen.voided += versions.some(({ event }) => event.voided) ? 1 : 0;
    }
  }
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(20);
});

test("an identity keeps its type and its key, so that all its versions meet in one history", () => {
  for (const { events } of companies) {
    for (const versions of Map.groupBy(events, ({ event }) => identity(event)).values()) {
      const subjects = versions.map(({ event }) =>
        "lead_id" in event
          ? event.lead_id
          : "account_id" in event
            ? event.account_id
            : event.type === "spend"
              ? event.channel
              : event.scope,
      );
      expect(new Set(subjects.map((subject, i) => `${versions[i]?.event.type} ${subject}`)).size).toBe(1);
    }
  }
});
