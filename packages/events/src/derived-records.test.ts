import { expect, test } from "vitest";
import { factChangeType, sliceUpdatedType } from "./derived-records.ts";

test("a fact's change and a slice come back as they were written", () => {
  const change = {
    origin: "funnel",
    partition: 3,
    present: false,
    version: 12,
    append_time: 1_774_000_000_000,
    cause_source: "crm",
    cause_event_id: "e1",
    fact_id: "crm/e1/sale/0",
    kind: "sale",
    at: 1_774_000_000_000,
    outcome: "none",
    count: -1,
    amount_minor: -5,
    cost_minor: null,
    units: 1.5,
    duration_ms: null,
    bin: null,
    cohort_at: 0,
    lead_id: "L1",
    deal_id: "",
    account_id: "",
    ...{
      owner: "ana",
      team: "(none)",
      region: "",
      channel: "",
      campaign: "",
      segment: "",
      product: "",
      pipeline: "",
      stage: "",
    },
    business_ms: 60_000,
    business_bin: 900,
    due_at: 1_774_000_000_000,
    term_months: 12,
    subject: "",
    period: "2026-Q1",
    backfill: true,
  };
  expect({ ...factChangeType.fromBuffer(factChangeType.toBuffer(change)) }).toEqual(change);
  const slice = {
    origin: "spend",
    partition: 0,
    version: 9,
    measure: "spend",
    dimension: "channel",
    value: "google-ads",
    granularity: "hour",
    start: 1_774_000_000_000,
    bin: 7,
    count: -2,
    sum: 10 ** 15,
  };
  expect({ ...sliceUpdatedType.fromBuffer(sliceUpdatedType.toBuffer(slice)) }).toEqual(slice);
});
