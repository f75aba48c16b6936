import { expect, test } from "vitest";
import type { CatalogueAnswer } from "../../board/catalogue-answer.ts";
import { namesOf } from "../reader/catalogue-names.ts";
import type { Reader } from "../reader/reader.ts";
import { en } from "../texts/en.ts";
import { titleOf } from "./tile-title.ts";

const metric = {
  line: "",
  unit: "s",
  better: "lower",
  level: false,
  dimensions: [],
  windows: [],
} as const;
const answer: CatalogueAnswer = {
  lang: "en",
  metrics: [
    { ...metric, metric: "lead_response_time", name: "Lead response time", statistic: "p50" },
    { ...metric, metric: "lead_response_time.p90", name: "Lead response time", statistic: "p90" },
    { ...metric, metric: "mrr", name: "MRR", statistic: "level" },
    { ...metric, metric: "sales", name: "Sales" },
  ],
};
const reader: Reader = {
  locale: "en",
  texts: en,
  timeZone: "UTC",
  currency: "EUR",
  names: namesOf(answer, en),
};
const place = { column: 0, row: 0, columns: 3, rows: 2 };
const gauge = { id: "g", place, type: "gauge", window: "30d", where: [], target: 1, format: {} } as const;

test("says which of a metric's numbers it is, where a reader could take it for another", () => {
  expect(titleOf({ ...gauge, metric: "lead_response_time" }, reader)).toEqual({
    title: "Lead response time",
    about: "median · last 30 days",
  });
  expect(titleOf({ ...gauge, metric: "lead_response_time.p90" }, reader).about).toBe("p90 · last 30 days");
  expect(titleOf({ ...gauge, metric: "mrr" }, reader).about).toBe("last 30 days");
  expect(titleOf({ ...gauge, metric: "sales" }, reader).about).toBe("last 30 days");
});

test("says what it is filtered and grouped by, and for how long a course runs", () => {
  const where = [["team", "north"]] as const;
  expect(titleOf({ ...gauge, metric: "sales", where }, reader).about).toBe("last 30 days · north");
  const line = {
    id: "l",
    place,
    type: "line",
    metric: "sales",
    where: [],
    format: {},
    unit: "week",
    points: 12,
  } as const;
  expect(titleOf({ ...line, by: "team" }, reader).about).toBe("last 12 weeks · Team");
});

test("takes the board's own title before the catalogue's name, and reads a name that the catalogue has not", () => {
  expect(titleOf({ ...gauge, metric: "sales", title: "Umsatz" }, reader).title).toBe("Umsatz");
  expect(titleOf({ ...gauge, metric: "cost_per_hug" }, reader).title).toBe("cost per hug");
  expect(titleOf({ id: "w", place, type: "waiting", rows: 5, where: [] }, reader)).toEqual({
    title: "Leads waiting",
    about: "",
  });
});
