import { parseWorkspace } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { demoHistory } from "./demo-feed.ts";
import { demoWorkspaceYaml } from "./demo-workspace.ts";

test("the demo's workspace file is sound, and knows every rep and stage of the demo", () => {
  const parsed = parseWorkspace(demoWorkspaceYaml);
  if (parsed._tag === "Left") throw new Error(JSON.stringify(parsed.left));
  const workspace = parsed.right;
  expect(workspace).toMatchObject({ timeZone: "Europe/Bucharest", currency: "EUR", responseSlaMs: 300_000 });
  const reps = new Set(workspace.people.map(({ rep }) => rep));
  const stages = new Set(workspace.pipelines.flatMap((pipeline) => pipeline.stages.map(({ id }) => id)));
  const fromMs = Date.parse("2026-03-02T00:00:00Z");
  for (const { event } of demoHistory(3, fromMs, fromMs + 20 * 86_400_000)) {
    if (event.type === "stage-changed") expect(stages).toContain(event.to_stage);
    if (event.type === "lead-created") expect(reps).toContain(event.owner);
  }
});
