import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { alertFaultText } from "../alert-file/alert-fault.ts";
import { parseAlertFiles } from "../alert-file/parse-alert-files.ts";
import { AlertStage } from "./alert-stage.ts";
import { runRuleTest } from "./rule-test.ts";
import { parseRuleTestFile } from "./rule-test-file.ts";
import { ruleTestText } from "./rule-test-text.ts";

const generation = "test";

/** The outcome of each test, in words. */
const outcomes = (rules: string, tests: string): ReadonlyArray<string> => {
  const config = parseAlertFiles([{ name: "sales.yaml", text: rules }], { catalogue, workspace: defaultWorkspace });
  if (isLeft(config)) throw new Error(config.left.map(alertFaultText).join("\n"));
  const file = parseRuleTestFile(`rules: sales.yaml\ntests:\n${tests}`, "t.yaml", defaultWorkspace);
  if (isLeft(file)) throw new Error(file.left.map(alertFaultText).join("\n"));
  return file.right.tests.map((each) => {
    const stage = new AlertStage({ config: config.right, workspace: each.workspace, catalogue, generation });
    return ruleTestText("t.yaml", runRuleTest(each, stage, generation));
  });
};

const winRate = `
rules:
  - id: win-rate-low
    when: win_rate 30d by team < 0.25
    minimum: 4
    summary: "{{team}} wins {{value}} of its deals"
`;

const given = `
    given:
      - 2026-03-02 09:00  lead-created   L1  team=north
      - 2026-03-02 09:00  stage-changed  L1  to negotiation
      - 2026-03-02 09:01  deal-closed    L1  lost
      - 2026-03-02 09:02  lead-created   L2  team=north
      - 2026-03-02 09:02  stage-changed  L2  to negotiation
      - 2026-03-02 09:03  deal-closed    L2  lost
      - 2026-03-02 09:04  lead-created   L3  team=north
      - 2026-03-02 09:04  stage-changed  L3  to negotiation
      - 2026-03-02 09:05  deal-closed    L3  lost
      - 2026-03-02 09:06  lead-created   L4  team=north
      - 2026-03-02 09:06  stage-changed  L4  to negotiation
      - 2026-03-02 09:07  deal-closed    L4  lost
`;

test("a threshold fires at the event that trips it, and is over at the one that puts it right", () => {
  const tests = `
  - name: low${given}
      - 2026-03-02 10:00  lead-created   L5  team=north
      - 2026-03-02 10:00  stage-changed  L5  to negotiation
      - 2026-03-02 10:01  deal-closed    L5  won 10 USD
      - 2026-03-02 10:02  lead-created   L6  team=north
      - 2026-03-02 10:02  stage-changed  L6  to negotiation
      - 2026-03-02 10:03  deal-closed    L6  won 10 USD
    then:
      - { at: 2026-03-02 09:06:59, firing: [], told: [] }
      - at: 2026-03-02 09:07
        firing: [{ rule: win-rate-low, team: north, value: 0, denominator: 4, threshold: 0.25 }]
        told: [{ receiver: wallboard, rule: win-rate-low, status: firing, kind: changed }]
      - { at: 2026-03-02 10:02, firing: [{ rule: win-rate-low }], told: [] }
      - { at: 2026-03-02 10:03, firing: [] }
`;
  expect(outcomes(winRate, tests)).toEqual(["  ok      low"]);
});

test("what was expected and what was found stand side by side", () => {
  const tests = `
  - name: wrong${given}
    then:
      - at: 2026-03-02 09:07
        firing: [{ rule: win-rate-low, team: south, value: 0 }]
      - at: 2026-03-02 09:08
        firing: []
`;
  expect(outcomes(winRate, tests).join("\n")).toBe(
    [
      "  FAILED  wrong",
      "    t.yaml:20 at 2026-03-02 09:07, firing:",
      "      expected  rule=win-rate-low team=south value=0",
      "      found     rule=win-rate-low team=north value=0 step=0 numerator=0 denominator=4 threshold=0.25",
      "      differs   team",
      "    t.yaml:22 at 2026-03-02 09:08, firing:",
      "      expected  no such alert",
      "      found     rule=win-rate-low team=north step=0 value=0 numerator=0 denominator=4 threshold=0.25",
    ].join("\n"),
  );
});

const unanswered = `
rules:
  - id: unanswered-lead
    when: lead without response for 5 min of business hours
    escalate:
      - { after: 15 min of business hours, severity: critical, labels: { to: manager } }
`;

test("what ought to have happened fires at the instant that it was due, escalates, and ends with the answer", () => {
  const tests = `
  - name: nobody answers
    given:
      - 2026-03-02 09:00  lead-created     L1  owner=ana team=north
      - 2026-03-02 09:01  lead-created     L2  owner=bogdan
      - 2026-03-02 09:06  activity-logged  L2  call by bogdan
      - 2026-03-02 10:00  activity-logged  L1  call by ana
    then:
      - { at: "2026-03-02 09:05:00", firing: [] }
      - at: 2026-03-02 09:05:01
        firing: [{ rule: unanswered-lead, lead: L1, owner: ana, team: north, step: 0 }]
      - { at: "2026-03-02 09:06", firing: [{ rule: unanswered-lead, lead: L1 }] }
      - at: 2026-03-02 09:15:01
        firing: [{ rule: unanswered-lead, lead: L1, step: 1, severity: critical, to: manager }]
      - { at: 2026-03-02 10:00, firing: [] }
`;
  expect(outcomes(unanswered, tests)).toEqual(["  ok      nobody answers"]);
});

test("history that is imported fires nothing that was due, a live event that is late does", () => {
  const tests = `
  - name: import
    given:
      - 2025-03-03 09:00  lead-created  L1  arrived="2026-03-02 09:00" backfill=import-1
      - 2026-03-02 08:00  lead-created  L2  arrived="2026-03-02 09:00"
    then:
      - { at: 2026-03-02 09:30, firing: [{ rule: unanswered-lead, lead: L2 }] }
`;
  expect(outcomes(unanswered, tests)).toEqual(["  ok      import"]);
});

test("a source is silent for too long", () => {
  const rules = `
rules:
  - { id: source-silent, when: source web silent for 1 h }
`;
  const tests = `
  - name: silent
    given:
      - 2026-03-02 09:00  lead-created  L1  source=web
      - 2026-03-02 10:30  lead-created  L2  source=web
    then:
      - { at: "2026-03-02 09:59:59", firing: [] }
      - { at: "2026-03-02 10:00:01", firing: [{ rule: source-silent, source: web }] }
      - { at: "2026-03-02 10:30:01", firing: [] }
`;
  expect(outcomes(rules, tests)).toEqual(["  ok      silent"]);
});

test("what slices do not know is asked of the facts, every five minutes of played time", () => {
  const rules = `
rules:
  - { id: quota-behind, when: quota_attainment month by rep < pace - 0.1 }
`;
  const tests = `
  - name: behind
    given:
      - 2026-03-01 09:00  target-set     rep:ana sales 2026-03 1000 USD
      - 2026-03-02 09:00  lead-created   L1  owner=ana
      - 2026-03-02 09:01  stage-changed  L1  to negotiation
      - 2026-03-20 09:00  deal-closed    L1  won 900 USD
    then:
      - { at: 2026-03-02 12:00, firing: [] }
      - { at: 2026-03-19 12:00, firing: [{ rule: quota-behind, rep: ana, value: 0 }] }
      - { at: "2026-03-20 09:05", firing: [] }
`;
  expect(outcomes(rules, tests)).toEqual(["  ok      behind"]);
});
