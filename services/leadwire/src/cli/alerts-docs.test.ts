import { readFileSync } from "node:fs";
import {
  AlertStage,
  alertFaultText,
  parseAlertFiles,
  parseRuleTestFile,
  ruleTestText,
  runRuleTest,
} from "@leadwire/alerts";
import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";

const page = readFileSync(new URL("../../../../docs/alerts.md", import.meta.url), "utf8");
const workspace = { ...defaultWorkspace, currency: "EUR" };

const blocks = [...page.matchAll(/```yaml\n(.*?)```/gsu)].map(([, text = ""]) => text);
const blockWith = (key: string): string =>
  blocks.find((text) => text.includes(`\n${key}:`) || text.startsWith(`${key}:`)) ?? "";
/** The rows of the table of wishes that have a condition. */
const wishes = [...page.matchAll(/^\| [^`|]+ \| `([^`]+)` \|$/gmu)]
  .map(([, when = ""]) => when)
  .filter((when) => when !== "when:");

const configOf = (texts: ReadonlyArray<string>) => {
  const files = texts.map((text, index) => ({ name: `sales${index}.yaml`, text }));
  const read = parseAlertFiles(files, { catalogue, workspace });
  if (isLeft(read)) throw new Error(read.left.map(alertFaultText).join("\n"));
  return read.right;
};

describe("docs/alerts.md", () => {
  test.each(wishes)("has a rule %s that can be written so", (when) =>
    expect(configOf([`rules: [{ id: a, when: '${when}' }]`]).ruleSets[0]?.rules).toHaveLength(1),
  );

  test("has a table of wishes", () => expect(wishes.length).toBeGreaterThan(10));

  test("has files of rules and receivers that are right", () => {
    const { ruleSets, notifications } = configOf([
      blockWith("rules"),
      blockWith("receivers"),
      blockWith("default_rules"),
    ]);
    expect(ruleSets.flatMap(({ rules }) => rules.map(({ id }) => id))).toEqual([
      "win-rate-low",
      "unanswered-lead",
      "engine-lag",
    ]);
    expect(notifications.receivers).toHaveLength(5);
  });

  test("has a fault as it is told", () => {
    const read = parseAlertFiles(
      [{ name: "alerts/sales.yaml", text: "# mine\nrules:\n  - id: a\n    when: win_rat 30d < 0.25" }],
      { catalogue, workspace },
    );
    expect(isLeft(read) && page.includes(`\n${read.left.map(alertFaultText).join("")}\n`)).toBe(true);
  });

  test("has tests that come out as they say", () => {
    const read = parseRuleTestFile(blockWith("tests"), "tests.yaml", workspace);
    if (isLeft(read)) throw new Error(read.left.map(alertFaultText).join("\n"));
    const config = configOf([blockWith("rules")]);
    for (const each of read.right.tests) {
      const stage = new AlertStage({ config, workspace: each.workspace, catalogue, generation: "test" });
      const outcome = runRuleTest(each, stage, "test");
      expect(outcome.failures, ruleTestText("tests.yaml", outcome)).toEqual([]);
    }
  });
});
