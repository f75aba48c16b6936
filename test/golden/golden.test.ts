import { describe, expect, test } from "vitest";
import { companyOf } from "../oracle/company.ts";
import { jsonContentHash } from "../oracle/content-hash.ts";
import { oracleMetrics } from "../oracle/metric-table.ts";
import { answer } from "../oracle/oracle.ts";
import { type Expectation, loadGoldenCases } from "./golden-case.ts";
import { mismatches } from "./golden-match.ts";

const cases = loadGoldenCases();

const questionOf = ({ metric, window, atMs, by, where }: Expectation) => ({ metric, window, atMs, by, where });

describe("the oracle gives what was worked out by hand", () => {
  for (const golden of cases) {
    test(`${golden.metric}: ${golden.name}`, () => {
      const company = companyOf({ ...golden, contentHash: jsonContentHash });
      for (const expectation of golden.expectations) {
        const found = answer(company, questionOf(expectation));
        expect(mismatches(expectation, found), JSON.stringify(questionOf(expectation))).toEqual([]);
      }
    });
  }
});

test("every metric of the oracle has three golden cases or more", () => {
  const metrics = new Set(Object.keys(oracleMetrics).map((metric) => metric.split(".")[0]));
  for (const metric of metrics) {
    expect(cases.filter((golden) => golden.metric === metric).length, metric).toBeGreaterThanOrEqual(3);
  }
});

test("order of arrival changes no golden answer", () => {
  for (const golden of cases) {
    const backwards = companyOf({ ...golden, events: golden.events.toReversed(), contentHash: jsonContentHash });
    for (const expectation of golden.expectations) {
      expect(mismatches(expectation, answer(backwards, questionOf(expectation))), golden.name).toEqual([]);
    }
  }
});
