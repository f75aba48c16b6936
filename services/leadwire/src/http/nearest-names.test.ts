import { questionNames } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { expect, test } from "vitest";
import { nearestNames } from "./nearest-names.ts";

const metrics = questionNames(catalogue);

test.each([
  ["winrate", "win_rate"],
  ["Win-Rate", "win_rate"],
  ["wni_rate", "win_rate"],
  ["sale", "sales"],
  ["quota", "quota_attainment"],
  ["lead_response_time.p09", "lead_response_time.p90"],
])("%s means %s", (wanted, meant) => {
  expect(nearestNames(wanted, metrics)[0]).toBe(meant);
});

test("nothing near is nothing said, and never more than three", () => {
  expect(nearestNames("weather", metrics)).toEqual([]);
  expect(nearestNames("", metrics)).toEqual([]);
  expect(nearestNames("…", metrics)).toEqual([]);
  expect(nearestNames("x".repeat(100_000), metrics)).toEqual([]);
  expect(nearestNames("a1", ["a2", "a3", "a4", "a5"])).toEqual(["a2", "a3", "a4"]);
});
