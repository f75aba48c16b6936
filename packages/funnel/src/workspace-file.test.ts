import { isLeft, isRight } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { dayOfText } from "./calendar/civil-day.ts";
import { defaultWorkspace, type Workspace } from "./workspace.ts";
import { parseWorkspace, workspaceFaultText } from "./workspace-file.ts";

const read = (text: string, otherKeys: ReadonlyArray<string> = []): Workspace => {
  const result = parseWorkspace(text, otherKeys);
  if (isLeft(result))
    throw new Error(result.left.map((fault) => workspaceFaultText(fault, "leadwire.yaml")).join("\n"));
  return result.right;
};

const faultsOf = (text: string, otherKeys: ReadonlyArray<string> = []): ReadonlyArray<string> => {
  const result = parseWorkspace(text, otherKeys);
  return isRight(result) ? [] : result.left.map((fault) => workspaceFaultText(fault, "leadwire.yaml"));
};

const stages = (lines: ReadonlyArray<string>): string =>
  ["pipelines:", "  - id: default", "    stages:", ...lines.map((line) => `      - ${line}`)].join("\n");

test("an empty file is the default workspace", () => {
  for (const text of ["", "# nothing yet\n", "---\n", "time_zone:\n"]) expect(read(text)).toEqual(defaultWorkspace);
});

test("reads every line", () => {
  const workspace = read(`
time_zone: Europe/Bucharest
currency: EUR
rates:
  - { currency: USD, from: 2026-01-01, rate: 0.9200 }
  - { currency: USD, from: 2026-02-01, rate: "0.93" }
fiscal_year_start: April
week_start: sunday
business_hours:
  monday-thursday: [09:00-12:30, 13:00-17:30]
  friday: 09:00-15:00
holidays: [2026-12-25, 2026-12-01, 2026-12-25]
response_sla: 15 min
grace: 2h
customer_active_for: 180 d
people:
  - { rep: ana, team: north, region: East, zone: Europe/Athens }
  - { rep: ana, from: 2026-06-01, team: south }
pipelines:
  - id: direct
    stages:
      - { id: new, probability: 0.05 }
      - { id: qualified, probability: 0.3333, qualified: true }
      - { id: offer, probability: 1, opportunity: true }
  - id: partner
    stages:
      - { id: new, probability: 0, qualified: true, opportunity: true }
`);
  expect(workspace).toEqual({
    timeZone: "Europe/Bucharest",
    currency: "EUR",
    rates: [
      { currency: "USD", fromDay: dayOfText("2026-01-01"), rate: "0.9200" },
      { currency: "USD", fromDay: dayOfText("2026-02-01"), rate: "0.93" },
    ],
    fiscalYearStartMonth: 4,
    weekStart: 7,
    businessHours: [
      ...[1, 2, 3, 4].flatMap((weekday) => [
        { weekday, fromMinute: 540, toMinute: 750 },
        { weekday, fromMinute: 780, toMinute: 1050 },
      ]),
      { weekday: 5, fromMinute: 540, toMinute: 900 },
    ],
    holidays: [dayOfText("2026-12-01"), dayOfText("2026-12-25")],
    responseSlaMs: 900_000,
    graceMs: 7_200_000,
    customerActiveForDays: 180,
    people: [
      { rep: "ana", team: "north", region: "East", zone: "Europe/Athens" },
      { rep: "ana", fromDay: dayOfText("2026-06-01"), team: "south" },
    ],
    pipelines: [
      {
        id: "direct",
        stages: [
          { id: "new", probability: 500 },
          { id: "qualified", probability: 3333 },
          { id: "offer", probability: 10_000 },
        ],
        qualifiedFrom: 1,
        opportunityFrom: 2,
      },
      { id: "partner", stages: [{ id: "new", probability: 0 }], qualifiedFrom: 0, opportunityFrom: 0 },
    ],
  });
});

test("a fault names its line, its path, what was expected and what was found", () => {
  const text = `time_zone: UTC\n${stages(["{ id: new, probability: high, qualified: true, opportunity: true }"])}\n`;
  expect(faultsOf(text)).toEqual([
    'leadwire.yaml:5:33 pipelines[0].stages[0].probability: expected a number from 0 to 1 with at most 4 decimals, found "high".',
  ]);
});

test("finds every fault of a file at once, in the order of its lines", () => {
  expect(faultsOf("time_zone: Mars/Olympus\ncurrency: euro\nweek_start: 8\nresponse_sla: 300\n")).toEqual([
    'leadwire.yaml:1:12 time_zone: expected a time zone of the tz database, such as Europe/Bucharest, found "Mars/Olympus".',
    'leadwire.yaml:2:11 currency: expected a currency such as EUR, found "euro".',
    'leadwire.yaml:3:13 week_start: expected a weekday such as Monday, found "8".',
    'leadwire.yaml:4:15 response_sla: expected a duration such as 90 s, 5 min, 1 h or 365 d, above 0, found "300".',
  ]);
});

test("refuses unknown keys, but for those that settings of the process use", () => {
  expect(faultsOf("timezone: UTC\n")[0]).toMatch(
    /^leadwire.yaml:1:1 timezone: expected one of time_zone, .*unknown key "timezone"/,
  );
  expect(faultsOf("people:\n  - { rep: ana, zone: UTC, city: Iași }\n")[0]).toMatch(
    /^leadwire.yaml:2:28 people\[0\].city: expected one of rep, .*unknown key "city"/,
  );
  expect(faultsOf("port: 4700\nlog: { kind: kafka }\n", ["port", "log"])).toEqual([]);
});

const both = "qualified: true, opportunity: true";
test.each([
  [
    "a stage twice",
    stages([`{ id: a, probability: 0.1, ${both} }`, "{ id: a, probability: 0.2 }"]),
    /stage id that no other/,
  ],
  [
    "no stage marked qualified",
    stages(["{ id: a, probability: 0.1, opportunity: true }"]),
    /`qualified: true` on exactly one/,
  ],
  [
    "two stages marked opportunity",
    stages([`{ id: a, probability: 0.1, ${both} }`, "{ id: b, probability: 0.1, opportunity: true }"]),
    /found it on a and b/,
  ],
  ["a mark that is no flag", stages([`{ id: a, probability: 0.1, qualified: 1, opportunity: true }`]), /true or false/],
  ["a probability above 1", stages([`{ id: a, probability: 25, ${both} }`]), /0 to 1/],
  ["a stage without an id", stages([`{ probability: 0.1, ${both} }`]), /expected the key id, found none/],
  [
    "a pipeline with more stages than a deal's way is kept for",
    stages(Array.from({ length: 32 }, (_, n) => `{ id: s${n}, probability: 0 }`)),
    /at most 31 stages in a pipeline, found 32/,
  ],
  ["a pipeline without stages", "pipelines:\n  - { id: a, stages: [] }\n", /at least one stage/],
  ["no pipeline", "pipelines: []\n", /at least one pipeline/],
  ["an offset instead of a zone", 'time_zone: "+02:00"\n', /tz database/],
  ["a date that does not exist", "holidays: [2026-02-30]\n", /holidays\[0\]: expected a date/],
  ["hours that end before they begin", "business_hours: { monday: 17:00-09:00 }\n", /expected hours/],
  ["hours that overlap", "business_hours: { monday: [09:00-12:00, 11:00-13:00] }\n", /do not overlap/],
  ["a day that is none", "business_hours: { funday: 09:00-12:00 }\n", /weekday/],
  [
    "the same rate twice",
    "rates:\n  - &r { currency: EUR, from: 2026-01-01, rate: 1.1 }\n  - *r\n",
    /second one for EUR/,
  ],
  [
    "a rate of the workspace's own currency",
    "rates: [{ currency: USD, from: 2026-01-01, rate: 1 }]\n",
    /other currencies/,
  ],
  ["a rate of 0", "rates: [{ currency: EUR, from: 2026-01-01, rate: 0.0 }]\n", /above 0/],
  ["a person twice from the same date", "people: [{ rep: ana }, { rep: ana, team: x }]\n", /second one for ana/],
  ["half a day of activity", "customer_active_for: 12 h\n", /whole days/],
  ["a list where a map belongs", "- time_zone: UTC\n", /expected a map of time_zone/],
  ["a key twice", "currency: EUR\ncurrency: USD\n", /Map keys must be unique/],
  ["no YAML at all", "time_zone: [UTC\n", /expected YAML/],
])("refuses %s", (_what, text, message) => {
  const faults = faultsOf(text);
  expect(faults.length).toBeGreaterThan(0);
  expect(faults.join("\n")).toMatch(message);
  expect(faults.every((fault) => /^leadwire\.yaml:\d+:\d+/.test(fault))).toBe(true);
});
