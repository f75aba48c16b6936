import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft, isRight } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import type { Condition, Level, ThresholdCondition } from "../rule/rule.ts";
import { conditionText } from "./condition-text.ts";
import { parseCondition, parseResolveLevel } from "./parse-condition.ts";
import type { TextFault } from "./when-reader.ts";

const context = { catalogue, currency: "EUR" };

const read = (text: string): Condition => {
  const found = parseCondition(text, context);
  if (isLeft(found)) throw new Error(JSON.stringify(found.left));
  return found.right;
};

const threshold = (text: string): ThresholdCondition => {
  const found = read(text);
  if (found._tag !== "Threshold") throw new Error(`${text} is no threshold`);
  return found;
};

const refused = (text: string): TextFault => {
  const found = parseCondition(text, context);
  if (isRight(found)) throw new Error(`${text} is taken for ${conditionText(found.right, "EUR")}`);
  return found.left;
};

const number = (value: number): Level => ({ _tag: "Number", value });

describe("a rule about a metric", () => {
  test("has a window, groups, filters, a comparator and a level", () => {
    const found = threshold('win_rate 30d by team, channel where region="North East" and product=scanner <= 25 %');
    expect(found).toMatchObject({
      window: "30d",
      by: ["team", "channel"],
      where: [
        ["region", "North East"],
        ["product", "scanner"],
      ],
      comparator: "<=",
      level: number(0.25),
      resolveLevel: number(0.25),
      minimumCount: 0,
    });
    expect(found.question).toMatchObject({
      name: "win_rate",
      window: { _tag: "Rolling", length: "30d" },
      by: [{ name: "team" }, { name: "channel" }],
      where: [
        ["region", "North East"],
        ["product", "scanner"],
      ],
    });
  });

  test.each<readonly [string, Level]>([
    ["win_rate 30d < 0.25", number(0.25)],
    ["win_rate 30d < 0.7 %", number(0.007)],
    ["sales_growth month < -10 %", number(-0.1)],
    ["sales month < 500000 EUR", number(50_000_000)],
    ["sales month < 0.07 EUR", number(7)],
    ["sales_velocity 90d < 1000 EUR", number(100_000)],
    ["lead_response_time.p90 7d > 5 min", number(300)],
    ["lead_response_time 7d > 90s", number(90)],
    ["new_leads day < 10", number(10)],
    ["new_leads day < 10 leads", number(10)],
    ["nps 90d < -10", number(-10)],
    ["pipeline_coverage quarter < 3", number(3)],
    ["sales month by team < target * 0.8", { _tag: "Relative", to: "target", times: 0.8, plus: 0 }],
    ["sales month < target * 80 % - 100 EUR", { _tag: "Relative", to: "target", times: 0.8, plus: -10_000 }],
    ["quota_attainment month by rep < pace - 0.1", { _tag: "Relative", to: "pace", times: 1, plus: -0.1 }],
    ["new_leads 7d < prior * 0.5", { _tag: "Relative", to: "prior", times: 0.5, plus: 0 }],
    ["new_leads month < year + 5", { _tag: "Relative", to: "year", times: 1, plus: 5 }],
    ["new_leads 24h < baseline(8 weeks) - 3 mad", { _tag: "Baseline", weeks: 8, mads: -3 }],
    ["new_leads day > baseline(3 weeks)", { _tag: "Baseline", weeks: 3, mads: 0 }],
  ])("%s has its level in the metric's own unit", (text, level) => expect(threshold(text).level).toEqual(level));

  test("asks for the window that it is compared with", () => {
    expect(threshold("new_leads 7d < prior * 0.5").question.compare).toBe("prior");
    expect(threshold("new_leads 7d < year").question.compare).toBe("year");
    expect(threshold("new_leads 7d < 5").question.compare).toBeNull();
  });

  test("by company is by nothing", () => expect(threshold("win_rate 30d by company < 0.2").by).toEqual([]));
});

test.each<readonly [string, Condition]>([
  [
    "lead without response for 5 min of business hours where team=north",
    {
      _tag: "Absence",
      what: "lead_response",
      patience: { _tag: "BusinessTime", ms: 300_000 },
      where: [["team", "north"]],
      amountMinorMin: 0,
    },
  ],
  [
    "deal without activity for 7 business days worth 10000 EUR where rep=ana",
    {
      _tag: "Absence",
      what: "deal_activity",
      patience: { _tag: "BusinessDays", days: 7 },
      where: [["owner", "ana"]],
      amountMinorMin: 1_000_000,
    },
  ],
  [
    "deal past its expected close",
    { _tag: "Absence", what: "deal_close", patience: { _tag: "Clock", ms: 0 }, where: [], amountMinorMin: 0 },
  ],
  [
    "Deal past its expected close by 2 d where team=north worth 5 EUR",
    {
      _tag: "Absence",
      what: "deal_close",
      patience: { _tag: "Clock", ms: 172_800_000 },
      where: [["team", "north"]],
      amountMinorMin: 500,
    },
  ],
  ["source web silent for longer than usual", { _tag: "NoData", source: "web", patience: { _tag: "Usual" } }],
  [
    'source "my crm" silent for 1 business day',
    { _tag: "NoData", source: "my crm", patience: { _tag: "BusinessDays", days: 1 } },
  ],
  [
    "any source silent for 2 h of business hours",
    { _tag: "NoData", source: null, patience: { _tag: "BusinessTime", ms: 7_200_000 } },
  ],
  ["lag > 30 s", { _tag: "Engine", what: "lag", above: 30_000, windowMs: 0 }],
  ["quarantine > 10 records in 1 h", { _tag: "Engine", what: "quarantine", above: 10, windowMs: 3_600_000 }],
])("%s", (text, condition) => expect(read(text)).toEqual(condition));

/** Text, the part of it that is pointed at, what was expected, and the hint. */
const refusals: ReadonlyArray<readonly [text: string, at: string, expected: string, hint?: string]> = [
  ["", "", "a metric such as win_rate"],
  ["win_rat 30d < 1", "win_rat", "a metric", "Did you mean win_rate?"],
  ["leed without response for 5 min", "leed", "a metric", "Did you mean lead?"],
  ["zzzzzzzz 30d < 1", "zzzzzzzz", "a metric", "npx leadwire kpi --list shows every metric."],
  ["win_rate.by_size 30d < 1", "win_rate.by_size", "one of win_rate, win_rate.by_value"],
  ["win_rate 31d < 1", "31d", "a window that moves with time"],
  ["win_rate 2026-03 < 1", "2026-03", "a window that moves", "A period that is fixed never changes."],
  ["win_rate 30d by tem < 1", "tem", "a dimension of win_rate: rep, owner, team", "Did you mean team?"],
  ["nps 90d by stage < 1", "stage", "a dimension of nps"],
  ["win_rate 30d by team, team < 1", "team <", "each dimension once"],
  ["win_rate 30d where team=a and team=b < 1", "team=b", "each dimension once"],
  ["win_rate 30d where team < 1", "<", '"=" and a value'],
  ["win_rate 30d where team= < 1", "<", "a value, in double quotes"],
  ["win_rate 30d by team = 0.2", "=", "<, <=, > or >="],
  ["win_rate 30d by team == 0.2", "==", "<, <=, > or >="],
  ["win_rate 30d <", "", "a ratio such as 0.25 or 25 %"],
  ["win_rate 30d < 25", "25", "a ratio", "Write 25 % if that is what you mean."],
  ["win_rate 30d < 0.25 EUR", "EUR", "nothing more"],
  ["sales month < 500000", "", "the workspace's currency EUR behind the amount"],
  ["sales month < 500000 USD", "USD", "the workspace's currency EUR"],
  ["sales month < 0.005 EUR", "0.005", "an amount with at most 2 decimals"],
  ["sales month < 500,000 EUR", "500,", "without commas between thousands"],
  ["lead_response_time 7d > 5", "5", "a duration such as 90 s"],
  ["win_rate 30d < tarjet", "tarjet", "a number with its unit, target, pace"],
  ["win_rate 30d < pace-0.1", "pace-0.1", "a number", "Put spaces around the minus: pace - 0.1."],
  ["sales 30d < target", "target", "another level", "Targets are set for calendar periods: target goes with"],
  ["sales week < pace", "pace", "another level", "Targets are set for calendar periods"],
  ["sales month by region < target", "target", "another level", "Targets are set for the company, teams and reps"],
  ["sales month where team=a < target", "target", "another level", "Targets are set for the company"],
  ["win_rate month < pace", "pace", "another level", "Only what adds up over a period has a pace"],
  ["sales all < prior", "prior", "another level", "Nothing lies before the window all."],
  [
    "sales month < baseline(8 weeks)",
    "baseline",
    "another level",
    "A baseline goes with windows that run by the clock",
  ],
  [
    "new_leads 24h by team, rep < baseline(8 weeks)",
    "baseline",
    "another level",
    "A baseline is read from the live numbers",
  ],
  ["sales day < baseline(2 weeks)", "2", "the weeks that it looks back over"],
  ["sales day < baseline(8 months)", "months", "weeks"],
  ["sales day < baseline 8 weeks", "8", "the weeks that it looks back over"],
  ["sales day < baseline(8 weeks) - 3", "", "mad, the median absolute deviation"],
  ["lead with", "with", "without response for", "Write lead without response for 5 min of business hours."],
  ["lead without response for", "", "a duration such as"],
  ["lead without response for 0 business days", "0", "a whole number of business days"],
  ["lead without response for 2 d of business hours", "2", "less than a day of business hours", "Write business days"],
  ["lead without response for 5 min worth 10 EUR", "worth", "no amount, as leads have none"],
  ["lead without response for 5 min where teem=a", "teem", "a dimension: rep, owner", "Did you mean team?"],
  ["deal gone", "gone", "without activity for, or past its expected close", "Write deal without activity"],
  ["source silent for 3 d", "for", "silent for", "Write source web silent"],
  ["source web silent for ages", "ages", "a duration such as"],
  ["lag < 3 s", "<", '">"'],
  ["lag > 3", "3", "a duration such as"],
  ["quarantine > 10", "", "in and a duration, such as in 1 h"],
  ["quarantine > 1.5 in 1 h", "1.5", "a whole number of records"],
  ["quarantine > 1 in 0 s", "0", "a duration above 0"],
];

test.each(refusals.map(([text, at, expected, hint]) => ({ text, at, expected, hint })))(
  "refuses $text at $at",
  ({ text, at, expected, hint }) => {
    const fault = refused(text);
    expect(text.slice(fault.index).startsWith(at), `points at ${text.slice(fault.index)}`).toBe(true);
    if (at === "") expect(fault.index).toBe(text.length);
    expect(fault.expected).toContain(expected);
    if (hint === undefined) expect(fault.hint).toBeUndefined();
    else expect(fault.hint).toContain(hint);
  },
);

describe("a level to resolve at", () => {
  test.each<readonly [string, string, Level]>([
    ["win_rate 30d < 0.25", "0.30", number(0.3)],
    ["win_rate 30d < 0.25", "25 %", number(0.25)],
    ["lead_response_time 7d > 5 min", "4 min", number(240)],
    ["new_leads 7d < prior * 0.5", "prior * 0.6", { _tag: "Relative", to: "prior", times: 0.6, plus: 0 }],
    [
      "new_leads day < baseline(8 weeks) - 3 mad",
      "baseline(8 weeks) - 2 mad",
      { _tag: "Baseline", weeks: 8, mads: -2 },
    ],
  ])("%s may resolve at %s", (when, resolve, level) =>
    expect(parseResolveLevel(resolve, threshold(when), context)).toEqual({ _tag: "Right", right: level }),
  );

  test.each([
    ["win_rate 30d < 0.25", "0.2", "a level at or above the one that the rule fires below"],
    ["win_rate 30d >= 0.25", "0.3", "a level at or below the one that the rule fires above"],
    ["win_rate 30d < prior - 0.1", "prior - 0.2", "a level at or above"],
    ["new_leads day < baseline(8 weeks) - 3 mad", "baseline(8 weeks) - 4 mad", "a level at or above"],
    ["new_leads day < baseline(8 weeks)", "baseline(9 weeks)", "a level by baseline(8 weeks)"],
    ["win_rate 30d < 0.25", "prior", "a number, as the rule fires at one"],
    ["win_rate 30d < prior", "year", "a level by prior"],
    ["win_rate 30d < 0.25", "0.3 x", "nothing more"],
    ["win_rate 30d < 0.25", "target", "another level"],
  ])("%s does not resolve at %s", (when, resolve, expected) =>
    expect(parseResolveLevel(resolve, threshold(when), context)).toMatchObject({
      left: { expected: expect.stringContaining(expected) },
    }),
  );
});
