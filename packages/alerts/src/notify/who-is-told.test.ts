import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { parseAlertFiles } from "../alert-file/parse-alert-files.ts";
import { ruleWords } from "../rule/rule-words.ts";
import { whoIsTold } from "./who-is-told.ts";

const rules = `
rules:
  - { id: by-team, when: win_rate 30d by team < 0.25, resolve: 0.3, minimum: 20, for: 30 min, keep_firing_for: 1 h }
  - { id: north, when: win_rate 30d where team=north < prior * 0.5, severity: critical }
  - { id: pace, when: sales month by rep < pace - 100 USD }
  - { id: usual, when: new_leads 24h < baseline(8 weeks) - 3 mad, severity: critical }
  - id: lead
    when: lead without response for 5 min of business hours
    escalate: [{ after: 15 min of business hours, severity: critical, labels: { to: manager } }]
  - { id: web, when: source web silent for longer than usual }
  - { id: late, when: lag > 30 s, severity: critical }
`;

const routes = `
receivers: [{ name: ops, wallboard: {} }, { name: north, wallboard: {} }, { name: all, wallboard: {} }, { name: head, wallboard: {} }]
route:
  receivers: [all]
  routes:
    - { match: [team=north], receivers: [north] }
    - { match: [severity=critical], receivers: [ops], continue: true, quiet_hours: [{ from: 20:00, to: 08:00 }] }
    - { match: [to=manager], receivers: [head] }
    - { match: [rule=late], receivers: [] }
`;

const files = [
  { name: "a.yaml", text: rules },
  { name: "b.yaml", text: routes },
];
const read = parseAlertFiles(files, { catalogue, workspace: defaultWorkspace });
if (isLeft(read)) throw new Error(JSON.stringify(read.left));
const { ruleSets, notifications } = read.right;
const ruleOf = (id: string) => {
  const found = ruleSets.flatMap((set) => set.rules).find((rule) => rule.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

const toldText = (id: string, step?: number): ReadonlyArray<string> => {
  const rule = ruleOf(id);
  return whoIsTold(rule, notifications, step === undefined ? undefined : rule.escalation[step]).map(
    ({ receivers, where, hasQuietHours }) => [...receivers, ...where, ...(hasQuietHours ? ["quiet"] : [])].join(" "),
  );
};

test("who is told follows from what the rule says, and from its alerts where only they can tell", () => {
  expect(toldText("by-team")).toEqual(["north team=north", "all"]);
  expect(toldText("north")).toEqual(["north"]);
  expect(toldText("usual")).toEqual(["ops quiet"]);
  expect(toldText("lead")).toEqual(["north team=north", "all"]);
  expect(toldText("lead", 0)).toEqual(["north team=north", "ops quiet", "head"]);
  expect(toldText("late")).toEqual(["ops quiet"]);
});

test.each([
  [
    "by-team",
    "win_rate over 30d, for each team",
    "below 25.00 %, with at least 20 facts behind it, for 30 min; ends once it is not below 30.00 %; goes on for 1 h after its end",
    "at each change, and as time passes",
  ],
  [
    "north",
    "win_rate over 30d, where team is north",
    "below the window before * 0.5",
    "at each change, and as time passes",
  ],
  [
    "pace",
    "sales over month, for each rep",
    "below what is due of its target by now - 100 USD",
    "every 5 min, as this has to be asked of the facts",
  ],
  [
    "usual",
    "new_leads over 24h",
    "below its usual value (median of the same weekday and hour in the last 8 weeks) less 3 median absolute deviations",
    "at each whole hour",
  ],
  ["lead", "each lead", "no response within 5 min of business hours of its creation", "at the instant it is due"],
  [
    "web",
    "the source web",
    "silent for half as long again as its longest silence in business hours of the last 28 days",
    "at the instant it is due",
  ],
  ["late", "how far the numbers are behind the log", "more than 30 s", "all the time"],
])("%s is told in words", (id, watches, fires, looks) =>
  expect(ruleWords(ruleOf(id), "USD")).toEqual({ watches, fires, looks }),
);
