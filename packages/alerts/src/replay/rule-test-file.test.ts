import { defaultWorkspace } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { alertFaultText } from "../alert-file/alert-fault.ts";
import { parseRuleTestFile } from "./rule-test-file.ts";

const bucharest = { ...defaultWorkspace, timeZone: "Europe/Bucharest" };

const read = (text: string) => {
  const found = parseRuleTestFile(text, "t.yaml", bucharest);
  if (isLeft(found)) throw new Error(found.left.map(alertFaultText).join("\n"));
  return found.right;
};

const faults = (text: string): ReadonlyArray<string> => {
  const found = parseRuleTestFile(text, "t.yaml", bucharest);
  return isLeft(found) ? found.left.map(alertFaultText) : [];
};

const file = (given: string, then: string): string =>
  `rules: a.yaml\ntests:\n  - name: n\n    given:\n      - ${given}\n    then:\n      - ${then}\n`;

const lead = "2026-03-02 09:00  lead-created  L1  owner=ana";

describe("a file of tests", () => {
  test("has rules, events in the order of arrival, and what fires at times", () => {
    const found = read(`
rules: [../sales.yaml, ../notifications.yaml]
tests:
  - name: nobody answers
    given:
      - ${lead}   # the first
      - 2026-03-01 09:00  lead-created  L2  arrived="2026-03-02 09:01" backfill=import-1
    then:
      - at: 2026-03-02 09:05:01
        firing: [{ rule: unanswered-lead, lead: L1, step: 0, value: null }]
        told: []
`);
    expect(found.rules).toEqual(["../sales.yaml", "../notifications.yaml"]);
    expect(found.tests[0]?.given).toMatchObject([
      { event: { lead_id: "L1", source_system: "test" }, appendTimeMs: Date.parse("2026-03-02T07:00:00Z") },
      { event: { lead_id: "L2" }, appendTimeMs: Date.parse("2026-03-02T07:01:00Z"), backfill: "import-1" },
    ]);
    const [then] = found.tests[0]?.then ?? [];
    expect(then).toMatchObject({
      line: 9,
      at: "2026-03-02 09:05:01",
      atMs: Date.parse("2026-03-02T07:05:01Z"),
      told: [],
    });
    expect(then?.pending).toBeUndefined();
    expect(Object.fromEntries(then?.firing?.[0] ?? [])).toEqual({
      rule: "unanswered-lead",
      lead: "L1",
      step: 0,
      value: null,
    });
  });

  test("takes its own workspace, and a test of it another", () => {
    const own = "workspace: { time_zone: Europe/Warsaw }";
    const text = file(lead, "{ at: 2026-03-02, firing: [] }");
    expect(read(text).tests[0]?.workspace.timeZone).toBe("Europe/Bucharest");
    expect(read(`${own}\n${text}`).tests[0]?.workspace.timeZone).toBe("Europe/Warsaw");
    expect(read(text.replace("given:", `${own}\n    given:`)).tests[0]?.workspace.timeZone).toBe("Europe/Warsaw");
  });
});

test("says what is wrong, and where", () => {
  const then = "{ at: 2026-03-02, firing: [] }";
  const cases: ReadonlyArray<readonly [text: string, fault: string]> = [
    ["tests: []", "expected the key rules, found none."],
    [file("2026-03-02 lead-cretaed L1", then), "t.yaml:5:9 tests[0].given[0]: expected an event such as"],
    [
      file(`${lead}\n      - 2026-03-01 lead-created L2`, then),
      "t.yaml:6:9 tests[0].given[1]: expected events in the order",
    ],
    [
      file(lead, "{ at: soon, firing: [] }"),
      "expected a time such as 2026-03-02 09:05:01, local, or UTC with a Z, found soon",
    ],
    [file(lead, "{ at: 2026-03-02 }"), "tests[0].then[0]: expected firing, pending or told, found none of them."],
    [file(lead, "{ at: 2026-03-02, fires: [] }"), "expected one of at, firing, pending, told"],
    [file(lead, "{ at: 2026-03-02, firing: [{ lead: L1 }] }"), "expected the alert's rule, found none."],
    [file(lead, "{ at: 2026-03-02, firing: [{ rule: r, step: one }] }"), "expected a number, or null for none"],
    [file(lead, `${then}\n      - { at: 2026-03-01, firing: [] }`), "expected expectations in the order of time"],
    [`${file(lead, then)}  - { name: n, then: [] }\n`, "expected a name that no other test of the file has"],
  ];
  for (const [text, fault] of cases) expect(faults(text).join("\n"), text).toContain(fault);
});
