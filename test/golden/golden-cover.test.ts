import { catalogue } from "@leadwire/kpis/catalogue";
import { expect, test } from "vitest";
import { loadGoldenCases } from "./golden-case.ts";

const cases = loadGoldenCases();

test("every metric of the catalogue has three golden cases or more, and no case is of another", () => {
  for (const id of catalogue.metrics.keys()) {
    expect(cases.filter(({ metric }) => metric === id).length, id).toBeGreaterThanOrEqual(3);
  }
  const known = new Set(catalogue.metrics.keys());
  expect(cases.map(({ metric }) => metric).filter((id) => !known.has(id))).toEqual([]);
});

test("every statistic is asked for in some golden case, and none that there is not", () => {
  const asked = new Set(
    cases.flatMap(({ expectations }) =>
      expectations.map(({ metric }) => {
        const [id = "", statistic] = metric.split(".");
        return `${id}.${statistic ?? catalogue.metrics.get(id)?.defaultStatistic ?? ""}`;
      }),
    ),
  );
  const stated = [...catalogue.metrics.values()].flatMap(({ id, statistics }) =>
    [...statistics.keys()].map((name) => `${id}.${name}`),
  );
  expect([...asked].sort()).toEqual(stated.sort());
});
