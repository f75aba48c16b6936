import { checkQuestion, type UsageFault } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { expect, test } from "vitest";
import type { KpiRequest } from "../engine/engine.ts";
import { usageProblem } from "./usage-problem.ts";

const request: KpiRequest = { metric: "win_rate", window: "30d", by: [], where: [], at: "now" };

/** As the catalogue refuses it. */
const faultOf = ({ metric, window, by }: KpiRequest): UsageFault => {
  const found = checkQuestion({ metric, window, by, atMs: 0 }, catalogue);
  if (found._tag === "Right") throw new Error("that can be asked");
  return found.left;
};

test.each([
  [{ metric: "winrate" }, "UnknownMetric", "win_rate"],
  [{ metric: "lead_response_time.p9" }, "UnknownStatistic", "lead_response_time.p90"],
  [{ window: "30days" }, "BadWindow", "30d"],
  [{ by: ["rep", "teams"] }, "UnknownDimension", "team"],
])("%o is refused as %s with what may have been meant", (change, code, meant) => {
  const asked = { ...request, ...change };
  const problem = usageProblem(faultOf(asked), asked);
  expect([problem.status, problem.code, problem.did_you_mean?.[0]]).toEqual([400, code, meant]);
});

test("where nothing is near nothing is proposed", () => {
  const asked = { ...request, metric: "weather" };
  expect(usageProblem(faultOf(asked), asked)).not.toHaveProperty("did_you_mean");
});
