import { expect, test } from "vitest";
import { kpiPath, kpiRequestOf } from "./kpi-query.ts";

const asked = (query: string) => kpiRequestOf("win_rate", new URLSearchParams(query));

test("a question travels over HTTP and back unchanged", () => {
  const request = {
    ...{ metric: "win_rate", window: "2026-03", by: ["team", "region"], where: ["channel=google-ads", "owner=a,b"] },
    ...{ at: "latest", asOf: "2026-04-01", compare: "year" },
  };
  const [path = "", query = ""] = kpiPath(request).split("?");
  expect(path).toBe("/api/kpis/win_rate");
  expect(asked(query)).toEqual({ _tag: "Right", right: request });
});

test.each([
  ["window=all&compare=prior&compare=year", "Compare with one window"],
  ["compare=prior", "Name one window"],
  ["window=all&against=prior", "compare"],
])("%s is refused with what to write", (query, words) => {
  const answer = asked(query);
  expect(answer._tag).toBe("Left");
  expect(JSON.stringify(answer)).toContain(words);
});
