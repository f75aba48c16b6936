import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AlertStage,
  alertFaultText,
  parseAlertFiles,
  parseRuleTestFile,
  ruleTestText,
  runRuleTest,
} from "@leadwire/alerts";
import { parseWorkspace, type Workspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { demoAlertsFolder } from "./demo-alerts.ts";
import { demoWorkspaceYaml } from "./demo-workspace.ts";

const yamlIn = (folder: string): ReadonlyArray<string> => readdirSync(folder).filter((name) => name.endsWith(".yaml"));

const workspaceOf = (): Workspace => {
  const read = parseWorkspace(demoWorkspaceYaml);
  if (isLeft(read)) throw new Error(JSON.stringify(read.left));
  return read.right;
};
const workspace = workspaceOf();

const configOf = (paths: ReadonlyArray<string>) => {
  const files = paths.map((path) => ({ name: path, text: readFileSync(path, "utf8") }));
  const read = parseAlertFiles(files, { catalogue, workspace });
  if (isLeft(read)) throw new Error(read.left.map(alertFaultText).join("\n"));
  return read.right;
};

const testsFolder = join(demoAlertsFolder, "tests");
const tests = yamlIn(testsFolder).flatMap((name) => {
  const read = parseRuleTestFile(readFileSync(join(testsFolder, name), "utf8"), name, workspace);
  if (isLeft(read)) throw new Error(read.left.map(alertFaultText).join("\n"));
  return read.right.tests.map((each) => ({ name: each.name, file: name, rules: read.right.rules, each }));
});

test("the demo has eight rules, in the words of its workspace, and each has a test", () => {
  const { ruleSets, notifications } = configOf(yamlIn(demoAlertsFolder).map((name) => join(demoAlertsFolder, name)));
  const own = ruleSets.filter(({ name }) => name !== "shipped").flatMap(({ rules }) => rules);
  expect(own.map(({ id }) => id)).toHaveLength(8);
  expect(notifications.route.receivers).toEqual(["wallboard"]);
  const tested = new Set(
    tests.flatMap(({ each }) => each.then.flatMap(({ firing = [] }) => firing.map((alert) => alert.get("rule")))),
  );
  expect([...tested].sort()).toEqual(own.map(({ id }) => id).sort());
});

describe("the demo's rules", () => {
  test.each(tests)("$file: $name", ({ file, rules, each }) => {
    const config = configOf(rules.map((path) => join(testsFolder, path)));
    const stage = new AlertStage({ config, workspace: each.workspace, catalogue, generation: "test" });
    const outcome = runRuleTest(each, stage, "test");
    expect(outcome.failures, ruleTestText(file, outcome)).toEqual([]);
  });
});
