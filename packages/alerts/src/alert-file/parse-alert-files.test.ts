import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { defaultNotifications } from "../notify/default-notifications.ts";
import type { AlertsConfig } from "../notify/notification-config.ts";
import type { AlertRule } from "../rule/rule.ts";
import { alertFaultText } from "./alert-fault.ts";
import { type AlertFile, parseAlertFiles } from "./parse-alert-files.ts";

const context = { catalogue, workspace: { ...defaultWorkspace, currency: "EUR" } };

const filesOf = (texts: Readonly<Record<string, string>>): ReadonlyArray<AlertFile> =>
  Object.entries(texts).map(([name, text]) => ({ name, text }));

const configOf = (texts: Readonly<Record<string, string>>): AlertsConfig => {
  const read = parseAlertFiles(filesOf(texts), context);
  if (isLeft(read)) throw new Error(read.left.map(alertFaultText).join("\n"));
  return read.right;
};

const faultsOf = (texts: Readonly<Record<string, string>>): ReadonlyArray<string> => {
  const read = parseAlertFiles(filesOf(texts), context);
  return isLeft(read) ? read.left.map(alertFaultText) : [];
};

const rule = (lines: string): AlertRule => {
  const found = configOf({ "sales.yaml": `rules:\n  - ${lines}` }).ruleSets[0]?.rules[0];
  if (found === undefined) throw new Error("no rule");
  return found;
};

test("an alert says of itself which group it is of, and of a filter what it leaves", () => {
  const { summary } = rule("id: a\n    when: new_leads 7d by team where channel=web < 3");
  expect(summary).toBe("new_leads 7d of {{team}}, {{channel}} is {{value}}, below {{threshold}}");
});

test("what is found is not repeated without end", () => {
  const [fault = ""] = faultsOf({ "a.yaml": `rules: [{ id: a, when: "win_rate 30d < ${"9".repeat(5_000)}" }]` });
  expect(fault.length).toBeLessThan(400);
});

const sales = `
rules:
  - id: win-rate-low
    when: win_rate 30d by team < 0.25
    resolve: 0.30
    minimum: 20
    for: 30 min
    keep_firing_for: 1 h
    severity: warning
    labels: { area: sales }
    summary: "{{team}} wins {{value}} of its deals"
  - id: unanswered-lead
    when: lead without response for 5 min of business hours
    escalate:
      - after: 15 min of business hours
        severity: critical
        labels: { to: manager }
`;

const notifications = `
receivers:
  - { name: ops, webhook: { url: https://example.com/hook, secret: { env: OPS_WEBHOOK_SECRET } } }
  - { name: sales, slack: { url: { env: SLACK_URL } } }
  - name: mail
    email: { to: [a@example.com], from: b@example.com, host: mail.example.com, username: b, password: { file: /run/secrets/smtp } }
  - { name: am, alertmanager: { url: http://alertmanager.internal:9093 } }
  - { name: wall, wallboard: {} }
route:
  receivers: [wall]
  group_wait: 10 s
  routes:
    - match: [severity=critical, to=~"manager|head"]
      receivers: [ops, mail]
      group_by: ["..."]
      repeat_interval: 1 h
      quiet_hours: [{ days: monday-friday, from: "20:00", to: "08:00" }, { days: [saturday, sunday], from: 00:00, to: 24:00 }]
      continue: true
      send_resolved: false
    - { match: [area=sales], receivers: [sales] }
inhibit:
  - { source: [rule=engine-lag], target: [severity=~"warning|info"], equal: [] }
allow_private: [alertmanager.internal, 10.0.0.0/8, "fd00::1"]
external_url: https://leadwire.example.com
`;

test("rules have what is written, and defaults for the rest", () => {
  const [first, second] = configOf({ "alerts/sales.yaml": sales }).ruleSets[0]?.rules ?? [];
  expect(first).toMatchObject({
    ruleSet: "sales",
    id: "win-rate-low",
    when: "win_rate 30d by team < 0.25",
    condition: { level: { value: 0.25 }, resolveLevel: { value: 0.3 }, minimumCount: 20 },
    forMs: 1_800_000,
    keepFiringForMs: 3_600_000,
    severity: "warning",
    labels: { area: "sales" },
    summary: "{{team}} wins {{value}} of its deals",
    escalation: [],
    file: "alerts/sales.yaml",
    line: 3,
  });
  expect(second).toMatchObject({
    forMs: 0,
    keepFiringForMs: 0,
    severity: "warning",
    labels: {},
    summary: "Lead {{lead}} of {{owner}} has had no response for 5 min of business hours",
    escalation: [{ patience: { _tag: "BusinessTime", ms: 900_000 }, severity: "critical", labels: { to: "manager" } }],
  });
});

test("receivers, routes and inhibitions are read from any file", () => {
  const { notifications: read } = configOf({ "sales.yaml": sales, "who.yaml": notifications });
  expect(read.receivers).toEqual([
    {
      _tag: "Webhook",
      name: "ops",
      url: "https://example.com/hook",
      secret: { _tag: "Environment", name: "OPS_WEBHOOK_SECRET" },
    },
    { _tag: "Slack", name: "sales", url: { _tag: "Environment", name: "SLACK_URL" } },
    {
      _tag: "Email",
      name: "mail",
      to: ["a@example.com"],
      from: "b@example.com",
      host: "mail.example.com",
      port: 587,
      security: "starttls",
      username: "b",
      password: { _tag: "File", path: "/run/secrets/smtp" },
    },
    { _tag: "Alertmanager", name: "am", url: "http://alertmanager.internal:9093" },
    { _tag: "Wallboard", name: "wall" },
    { _tag: "Wallboard", name: "wallboard" },
  ]);
  expect(read.route).toMatchObject({ path: "0", receivers: ["wall"], groupBy: ["rule"], groupWaitMs: 10_000 });
  expect(read.route.routes).toEqual([
    {
      path: "0.0",
      matchers: [
        { label: "severity", operator: "equals", value: "critical" },
        { label: "to", operator: "matches", value: "manager|head" },
      ],
      receivers: ["ops", "mail"],
      groupBy: ["..."],
      groupWaitMs: 10_000,
      groupIntervalMs: 300_000,
      repeatIntervalMs: 3_600_000,
      quietHours: [
        { weekdays: [1, 2, 3, 4, 5], fromMinute: 1200, toMinute: 480 },
        { weekdays: [6, 7], fromMinute: 0, toMinute: 1440 },
      ],
      sendResolved: false,
      goOn: true,
      routes: [],
    },
    expect.objectContaining({ path: "0.1", receivers: ["sales"], quietHours: [], sendResolved: true, goOn: false }),
  ]);
  expect(read.inhibitions).toHaveLength(1);
  expect(read.allowPrivate).toEqual(["alertmanager.internal", "10.0.0.0/8", "fd00::1"]);
  expect(read.externalUrl).toBe("https://leadwire.example.com");
});

describe("the rules that everybody has", () => {
  const ids = (texts: Readonly<Record<string, string>>): ReadonlyArray<string> =>
    configOf(texts).ruleSets.flatMap(({ rules }) => rules.map(({ id }) => id));

  test("apply without any file, and only the wallboard is told", () => {
    expect(ids({})).toEqual(["engine-lag", "quarantine-grows"]);
    expect(configOf({}).notifications).toEqual(defaultNotifications);
    expect(ids({ "empty.yaml": "# nothing yet\n" })).toEqual(["engine-lag", "quarantine-grows"]);
  });

  test("give way to a rule on the same thing, also of the same id", () => {
    const own = "rules: [{ id: engine-lag, when: lag > 5 s }]";
    expect(ids({ "own.yaml": own })).toEqual(["engine-lag", "quarantine-grows"]);
    expect(configOf({ "own.yaml": own }).ruleSets.map(({ name }) => name)).toEqual(["own", "shipped"]);
  });

  test("are switched off one by one", () => {
    expect(ids({ "a.yaml": "default_rules: [lag]" })).toEqual(["engine-lag"]);
    expect(ids({ "a.yaml": "default_rules: []" })).toEqual([]);
  });

  test("keep their ids for themselves", () =>
    expect(faultsOf({ "a.yaml": "rules:\n  - { id: engine-lag, when: nps 90d < 10 }" })).toEqual([
      "a.yaml:2:1 rules: expected another id, found engine-lag, which is that of a rule that everybody has.",
    ]));
});

describe("a rule's version", () => {
  const text = "id: a\n    when: win_rate 30d by team < 0.25";
  test.each([
    ["its text is written differently", "id: a\n    when: win_rate  30d by team < 25 %"],
    ["its summary, labels or severity change", `${text}\n    summary: x\n    labels: { a: b }\n    severity: info`],
    ["its id changes", "id: b\n    when: win_rate 30d by team < 0.25"],
    ["what is the default is written out", `${text}\n    resolve: 0.25\n    minimum: 0\n    for: 0 s`],
  ])("stays where %s", (_, other) => expect(rule(other).version).toBe(rule(text).version));

  test.each([
    ["its level", "id: a\n    when: win_rate 30d by team < 0.26"],
    ["the level to resolve at", `${text}\n    resolve: 0.3`],
    ["its minimum", `${text}\n    minimum: 3`],
    ["how long it has to hold", `${text}\n    for: 1 s`],
    ["how long it goes on", `${text}\n    keep_firing_for: 1 s`],
  ])("changes with %s", (_, other) => expect(rule(other).version).not.toBe(rule(text).version));

  test("changes with the time of an escalation, and not with its labels", () => {
    const lead = "id: a\n    when: lead without response for 5 min\n    escalate: [{ after: 15 min";
    expect(rule(`${lead}, labels: { to: x } }]`).version).toBe(rule(`${lead} }]`).version);
    expect(rule(`${lead.replace("15", "16")} }]`).version).not.toBe(rule(`${lead} }]`).version);
  });
});

/** Lines of one rule beside `id: a`, and the fault. */
test.each([
  [
    "when: win_rat 30d < 1",
    'a.yaml:3:11 rules[0].when: expected a metric such as win_rate, or lead, deal, source, lag or quarantine, found "win_rat". Did you mean win_rate?',
  ],
  [
    'when: "win_rate 30d by tem < 1"',
    'a.yaml:3:28 rules[0].when: expected a dimension of win_rate: rep, owner, team, region, channel, campaign, segment, product, pipeline, found "tem". Did you mean team?',
  ],
  [
    "when: nps 90d < 10\n    wen: x",
    'a.yaml:4:5 rules[0].wen: expected one of id, when, resolve, minimum, for, keep_firing_for, severity, labels, summary, escalate, found the unknown key "wen".',
  ],
  ["when:", "a.yaml:3:10 rules[0].when: expected what to watch, such as win_rate 30d by team < 0.25, found nothing."],
  ["severity: info", "a.yaml:2:5 rules[0]: expected the key when, found none."],
  [
    "when: nps 90d < 10\n    severity: warn",
    'a.yaml:4:15 rules[0].severity: expected info, warning, critical, found "warn".',
  ],
  [
    "when: nps 90d < 10\n    severity: criticl",
    'a.yaml:4:15 rules[0].severity: expected info, warning, critical, found "criticl". Did you mean critical?',
  ],
  [
    "when: nps 90d < 10\n    for: 3",
    'a.yaml:4:10 rules[0].for: expected a duration such as 90 s, 5 min, 1 h or 365 d, found "3".',
  ],
  [
    "when: nps 90d < 10\n    resolve: 9",
    'a.yaml:4:14 rules[0].resolve: expected a level at or above the one that the rule fires below, found "9".',
  ],
  [
    "when: nps 90d < 10\n    minimum: -1",
    'a.yaml:4:14 rules[0].minimum: expected a whole number of facts, such as 20, found "-1".',
  ],
  [
    "when: nps 90d < 10\n    labels: { Area: x }",
    'a.yaml:4:21 rules[0].labels.Area: expected a label\'s name: small letters, digits and _, such as area, found "Area".',
  ],
  [
    "when: nps 90d < 10\n    labels: { severity: x }",
    "a.yaml:4:25 rules[0].labels.severity: expected a label of your own, found severity, which every alert has already.",
  ],
  [
    "when: nps 90d by team < 10\n    labels: { team: x }",
    "a.yaml:4:21 rules[0].labels.team: expected a label of your own, found team, which is what the rule's alerts go by.",
  ],
  [
    "when: nps 90d by team < 10\n    summary: '{{taem}} is at {{value}}'",
    "a.yaml:4:15 rules[0].summary: expected one of {{value}}, {{threshold}}, {{numerator}}, {{denominator}}, {{team}}, found {{taem}}. Did you mean team?",
  ],
  [
    "when: nps 90d < 10\n    summary: at {{value",
    'a.yaml:4:17 rules[0].summary: expected "}}" behind {{, found the end of the line.',
  ],
  [
    "when: nps 90d < 10\n    escalate: []",
    "a.yaml:4:15 rules[0].escalate: expected no such line: only leads and deals that wait escalate, found the key escalate.",
  ],
  [
    "when: lead without response for 5 min\n    for: 1 min",
    "a.yaml:4:10 rules[0].for: expected no such line: how long to wait stands under when, found the key for.",
  ],
  [
    "when: lag > 5 s\n    resolve: 1 s",
    "a.yaml:4:14 rules[0].resolve: expected no such line: only metrics have a level to resolve at, found the key resolve.",
  ],
  [
    "when: lag > 5 s\n    minimum: 1",
    "a.yaml:4:14 rules[0].minimum: expected no such line: only metrics have facts behind them, found the key minimum.",
  ],
  [
    "when: lead without response for 5 min\n    escalate: [{ after: 5 min }]",
    "a.yaml:4:25 rules[0].escalate[0].after: expected longer than the step before: 5 min, found 5 min. All steps count from the same beginning.",
  ],
  [
    "when: lead without response for 5 min\n    escalate: [{ after: 15 min of business hours }]",
    "a.yaml:4:25 rules[0].escalate[0].after: expected time of the same kind as the step before: 5 min, found 15 min of business hours.",
  ],
])("refuses %j", (lines, fault) => expect(faultsOf({ "a.yaml": `rules:\n  - id: a\n    ${lines}` })).toEqual([fault]));

test.each([
  ["plain", "when: nps  90d < x", "3:22"],
  ["in single quotes", "when: 'nps  90d < x'", "3:23"],
  ["in double quotes, with a space ahead", 'when: " nps  90d < x"', "3:24"],
  ["escaped", 'when: "nps\\t90d < x"', "3:11"],
  ["over two lines", "when: nps\n      90d < x", "3:11"],
  ["folded", "when: >-\n      nps 90d\n      < x", "3:11"],
])("points at a word of a line that is %s, or at the line's beginning", (_, lines, place) =>
  expect(faultsOf({ "a.yaml": `rules:\n  - id: a\n    ${lines}` })).toEqual([
    `a.yaml:${place} rules[0].when: expected a number with its unit, target, pace, prior, year or baseline(8 weeks), found "x".`,
  ]),
);

test("an id has no spaces, and is there", () => {
  expect(faultsOf({ "a.yaml": "rules:\n  - { id: a b, when: nps 90d < 10 }\n  - { when: nps 90d < 10 }" })).toEqual([
    'a.yaml:2:11 rules[0].id: expected an id of letters, digits, - and _, such as win-rate-low, found "a b".',
    "a.yaml:3:5 rules[1]: expected the key id, found none.",
  ]);
});

test("a deal past its expected close may escalate in time of any kind", () =>
  expect(
    rule("id: a\n    when: deal past its expected close\n    escalate: [{ after: 3 business days }]").escalation,
  ).toHaveLength(1));

const hook = "{ name: a, webhook: { url: https://example.com, secret: { env: S } } }";

/** Lines about notifications, and the faults. */
test.each([
  [
    "receivers: [{ name: a }]",
    ["a.yaml:1:13 receivers[0]: expected one of webhook, slack, email, alertmanager, wallboard, found none of them."],
  ],
  [
    `receivers: [${hook}, ${hook}]\nroute: { receivers: [a] }`,
    ["a.yaml:1:85 receivers[1]: expected a name of its own, found a second receiver called a."],
  ],
  [
    `receivers: [${hook}]`,
    ["a.yaml:1:12 receivers: expected a route in one of the files that leads to them, found none."],
  ],
  [
    "receivers: [{ name: a, webhook: { url: https://example.com, secret: whsec_x } }]\nroute: {}",
    [
      "a.yaml:1:69 receivers[0].webhook.secret: expected { env: NAME } or { file: /PATH }, found a secret that is written out. No secret stands in a file of rules: put it into an environment variable, or into a file of its own.",
    ],
  ],
  [
    "receivers: [{ name: a, webhook: { url: https://u:p@example.com, secret: { env: S } } }]\nroute: {}",
    [
      "a.yaml:1:40 receivers[0].webhook.url: expected an address without a user and a password, found one that has them. No secret stands in a file of rules: put it into an environment variable, or into a file of its own.",
    ],
  ],
  [
    "receivers: [{ name: a, webhook: { url: ftp://x, secret: { file: s } } }]\nroute: {}",
    [
      'a.yaml:1:40 receivers[0].webhook.url: expected an address that begins with https:// or http://, found "ftp://x".',
      "a.yaml:1:57 receivers[0].webhook.secret: expected { env: NAME } or { file: /PATH }, found neither.",
      'a.yaml:1:65 receivers[0].webhook.secret.file: expected the whole path of a file, such as /run/secrets/smtp, found "s".',
    ],
  ],
  [
    "receivers: [{ name: a, slack: { url: https://hooks.slack.com/services/x } }]\nroute: {}",
    [
      "a.yaml:1:38 receivers[0].slack.url: expected { env: NAME } or { file: /PATH }, found an address that is a secret. Whoever knows it can write: put it into an environment variable, or into a file of its own.",
    ],
  ],
  [
    "receivers: [{ name: a, email: { to: x, from: b@c, host: d, username: e, port: 0, security: ssl } }]\nroute: {}",
    [
      "a.yaml:1:31 receivers[0].email: expected username and password together, found no password.",
      'a.yaml:1:37 receivers[0].email.to: expected an address such as a@example.com, found "x".',
      'a.yaml:1:79 receivers[0].email.port: expected a port from 1 to 65535, found "0".',
      'a.yaml:1:92 receivers[0].email.security: expected tls, starttls, none, found "ssl".',
    ],
  ],
  [
    `receivers: [${hook}]\nroute: { receivers: [b] }`,
    ['a.yaml:2:22 route.receivers[0]: expected one of a, wallboard, found "b".'],
  ],
  [
    "route: { match: [a=b] }",
    [
      'a.yaml:1:10 route.match: expected one of receivers, group_by, group_wait, group_interval, repeat_interval, quiet_hours, send_resolved, routes, found the unknown key "match".',
    ],
  ],
  [
    "route: { routes: [{ receivers: [wallboard] }] }",
    ["a.yaml:1:19 route.routes[0]: expected the key match, found none."],
  ],
  [
    "route: { routes: [{ match: [severity] }] }",
    [
      'a.yaml:1:29 route.routes[0].match[0]: expected LABEL=VALUE, such as team=north, or LABEL=~EXPRESSION, found "severity".',
    ],
  ],
  [
    'route: { routes: [{ match: [team=~"("] }] }',
    ['a.yaml:1:29 route.routes[0].match[0]: expected a regular expression, found "(".'],
  ],
  [
    "route: { repeat_interval: 1 s }",
    ['a.yaml:1:27 route.repeat_interval: expected at least 1 min between two reminders, found "1 s".'],
  ],
  [
    "route: { quiet_hours: [{ days: mo-xx, from: 25:00 }] }",
    [
      "a.yaml:1:24 route.quiet_hours[0]: expected the key to, found none.",
      'a.yaml:1:45 route.quiet_hours[0].from: expected a time of day such as 20:00, found "25:00".',
    ],
  ],
  [
    "inhibit: [{ source: [], target: [a=b] }]",
    ["a.yaml:1:21 inhibit[0].source: expected at least one label, such as [severity=critical], found none."],
  ],
  [
    "allow_private: [a b]",
    ['a.yaml:1:17 allow_private[0]: expected a host, an address or a network such as 10.0.0.0/8, found "a b".'],
  ],
  [
    "default_rules: [lags]",
    ['a.yaml:1:17 default_rules[0]: expected lag or quarantine, found "lags". Did you mean lag?'],
  ],
  [
    "rule: []",
    [
      'a.yaml:1:1 rule: expected one of rules, receivers, route, inhibit, allow_private, external_url, default_rules, found the unknown key "rule".',
    ],
  ],
])("refuses %j", (text, faults) => expect(faultsOf({ "a.yaml": text })).toEqual(faults));

test("faults of all files come at once, in the order of files and lines", () => {
  const two = "rules:\n  - { id: a, when: nps 90d < x }\n  - { id: b, when: nps 9d < 1 }";
  const again = "rules:\n  - { id: b, when: nps 90d < 1 }\nroute: {}";
  const places = faultsOf({
    "b.yaml": two,
    "a.yaml": again,
    "c.yaml": "route: {}\nrules: [{ id: z }",
    "d.yaml": "a: [",
  });
  expect(places.map((text) => text.split(" ")[0]?.replace(/:$/u, ""))).toEqual([
    "b.yaml:2:30",
    "b.yaml:3:24",
    "c.yaml:2:18",
    "d.yaml:1:5",
  ]);
});

test("nothing is said twice over all files", () => {
  const text = "rules:\n  - { id: b, when: nps 90d < 1 }\nroute: {}\n";
  expect(faultsOf({ "a.yaml": text, "b.yaml": text, "x/a.yaml": "rules: []" })).toEqual([
    "b.yaml:2:5 rules[0]: expected the id b only once over all files, found a second one; the first is at a.yaml:2.",
    "b.yaml:3:8 route: expected route only once over all files, found a second one; the first is at a.yaml:3.",
    "x/a.yaml:1:8 rules: expected a file of rules called a only once over all files, found a second one; the first is at a.yaml:2.",
  ]);
});

test.each(["silences", "shipped", "a b", "-"])("a file of rules is not called %s.yaml", (name) =>
  expect(faultsOf({ [`${name}.yaml`]: "rules: []" })).toEqual([
    `${name}.yaml:1:8 rules: expected rules in a file with a name of its own, such as sales.yaml, found "${name}.yaml".`,
  ]),
);

test("a tree of routes ends, also where an alias stands within what it names", () => {
  const text = "route:\n  routes: &r\n    - { match: [a=b], routes: *r }\n";
  expect(faultsOf({ "a.yaml": text })).toEqual([
    expect.stringMatching(/^a\.yaml:3:7 route(\.routes\[0\]){9}: expected routes at most 8 deep, found one deeper\.$/u),
  ]);
  const wide =
    "route:\n  routes: &r\n    - { match: [a=b], routes: *r }\n    - { match: [a=c], routes: *r }\n    - { match: [a=d], routes: *r }\n";
  expect(faultsOf({ "a.yaml": wide }).at(-1)).toContain("at most");
});
