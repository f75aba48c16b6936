import { describe, expect, test } from "vitest";
import { alertRule } from "../testing/alert-rules.ts";
import { dayMs, minuteMs, msOf, Play, type Seen } from "../testing/play.ts";
import { observationOf, ScriptedEvaluator } from "../testing/scripted-evaluator.ts";
import { AlertBook } from "./alert-book.ts";
import { RuleSetEngine } from "./rule-set-engine.ts";

describe("a threshold without for", () => {
  test("fires at once and resolves at once", () => {
    const play = new Play(alertRule());
    expect(play.at("09:00", "clear")).toEqual([]);
    expect(play.at("09:05", "fires")).toEqual(["09:05 inactive → firing (data)"]);
    expect(play.at("09:06", "fires")).toEqual([]);
    expect(play.at("09:10", "clear")).toEqual(["09:10 firing → resolved (data)"]);
    expect(play.at("09:15", "fires")).toEqual(["09:15 inactive → firing (data)"]);
  });

  test("several observations within a step work on each other", () => {
    const play = new Play(alertRule());
    expect(play.at("09:05", "fires", "clear", "fires")).toEqual([
      "09:05 inactive → firing (data)",
      "09:05 firing → resolved (data)",
      "09:05 inactive → firing (data)",
    ]);
    expect(new Set(play.records.map(({ transition_id }) => transition_id)).size).toBe(3);
  });

  test("groups are alerts of their own", () => {
    const play = new Play(alertRule());
    play.at("09:00", "fires", { standing: "fires", group: { team: "south" } });
    expect(play.at("09:05", "clear")).toEqual(["09:05 firing → resolved (data)"]);
    expect([...play.book.alive()].map(({ record }) => record.labels)).toEqual([{ team: "south" }]);
  });
});

describe("for", () => {
  const rule = alertRule({ forMs: 30 * minuteMs });

  test("fires at its own instant, also when the step comes later", () => {
    const play = new Play(rule);
    expect(play.at("09:00", "fires")).toEqual(["09:00 inactive → pending (data)"]);
    expect(play.due()).toBe("09:30");
    expect(play.at("09:29")).toEqual([]);
    expect(play.at("09:42")).toEqual(["09:30 pending → firing (time)"]);
    expect(play.records[1]).toMatchObject({ started_at: msOf("09:00"), evaluated_at: msOf("09:42") });
    expect(play.due()).toBe("Infinity");
  });

  test("begins anew after every interruption", () => {
    const play = new Play(rule);
    play.at("09:00", "fires");
    expect(play.at("09:29", "clear")).toEqual(["09:29 pending → inactive (data)"]);
    expect(play.at("09:31", "fires")).toEqual(["09:31 inactive → pending (data)"]);
    expect(play.at("10:00")).toEqual([]);
    expect(play.at("10:01")).toEqual(["10:01 pending → firing (time)"]);
  });

  test("does not end while the numbers are not complete", () => {
    const play = new Play(rule);
    play.at("09:00", "fires");
    play.evaluator.heldMs = msOf("09:40");
    expect(play.at("09:31")).toEqual([]);
    expect(play.due()).toBe("09:40");
    expect(play.at("09:40")).toEqual(["09:30 pending → firing (time)"]);
  });

  test("has to hold beyond the level to fire at: between the levels it does not", () => {
    const play = new Play(rule);
    play.at("09:00", "fires");
    expect(play.at("09:10", "between")).toEqual(["09:10 pending → inactive (data)"]);
  });

  test("what was put right while nobody looked raises nothing, though its time is over", () => {
    const play = new Play(rule);
    play.at("09:00", "fires");
    expect(play.at("11:00", "clear")).toEqual(["11:00 pending → inactive (data)"]);
  });

  test("waits while an evaluator has work left over", () => {
    const play = new Play(rule);
    play.at("09:00", "fires");
    play.evaluator.dueMs = msOf("09:40");
    expect(play.at("09:40")).toEqual([]);
    play.evaluator.dueMs = Number.POSITIVE_INFINITY;
    expect(play.at("09:40", "clear")).toEqual(["09:40 pending → inactive (data)"]);
  });
});

describe("flapping", () => {
  const flap = (play: Play): ReadonlyArray<string> => [
    ...play.at("09:00", "fires"),
    ...play.at("09:10", "clear"),
    ...play.at("09:20", "fires"),
    ...play.at("09:30", "clear"),
    ...play.at("11:00"),
  ];

  test("without keep_firing_for each turn is an alert", () => {
    expect(flap(new Play(alertRule()))).toEqual([
      "09:00 inactive → firing (data)",
      "09:10 firing → resolved (data)",
      "09:20 inactive → firing (data)",
      "09:30 firing → resolved (data)",
    ]);
  });

  test("with keep_firing_for they are one alert, and it ends so long after the last turn", () => {
    expect(flap(new Play(alertRule({ keepFiringForMs: 60 * minuteMs })))).toEqual([
      "09:00 inactive → firing (data)",
      "10:30 firing → resolved (time)",
    ]);
  });

  test("between the levels a firing alert goes on and an inactive one stays so", () => {
    const play = new Play(alertRule());
    expect(play.at("09:00", "between")).toEqual([]);
    expect(play.at("09:01", "fires")).toEqual(["09:01 inactive → firing (data)"]);
    expect(play.at("09:02", "between", "fires", "between")).toEqual([]);
    expect(play.at("09:03", "clear")).toEqual(["09:03 firing → resolved (data)"]);
  });

  test("keep_firing_for runs from the first instant on the good side, however often that is seen", () => {
    const play = new Play(alertRule({ keepFiringForMs: 60 * minuteMs }));
    play.at("09:00", "fires");
    play.at("09:10", "clear");
    play.at("09:50", "clear", "unknown");
    expect(play.at("10:10")).toEqual(["10:10 firing → resolved (time)"]);
  });

  test("between the levels keep_firing_for goes on to run", () => {
    const play = new Play(alertRule({ keepFiringForMs: 60 * minuteMs }));
    play.at("09:00", "fires");
    play.at("09:10", "clear");
    play.at("09:50", "between");
    expect(play.at("10:10")).toEqual(["10:10 firing → resolved (time)"]);
  });
});

describe("what has no value", () => {
  test.each([
    ["a metric that becomes null ends what it raised", "data", "09:05 firing → resolved (data)"],
    ["a group that disappears ends what it raised", "gone", "09:05 firing → resolved (gone)"],
  ] as const)("%s", (_, cause, expected) => {
    const play = new Play(alertRule());
    play.at("09:00", "fires");
    expect(play.at("09:05", { standing: "unknown", cause })).toEqual([expected]);
  });

  test("what is pending is inactive again", () => {
    const play = new Play(alertRule({ forMs: minuteMs }));
    play.at("09:00", "fires");
    expect(play.at("09:00", { standing: "unknown", cause: "gone" })).toEqual(["09:00 pending → inactive (gone)"]);
  });

  test("keep_firing_for bridges a gap", () => {
    const play = new Play(alertRule({ keepFiringForMs: 10 * minuteMs }));
    play.at("09:00", "fires");
    expect(play.at("09:05", "unknown")).toEqual([]);
    expect(play.at("09:14", "fires")).toEqual([]);
    expect(play.at("09:30")).toEqual([]);
  });
});

/** `05:20`, in Bucharest, where the clocks change at 01:00 UTC. */
const localTimeOf = (ms: number): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Bucharest", hour: "2-digit", minute: "2-digit" }).format(ms);

describe("clocks and calendars", () => {
  test.each([
    ["02:50 on the day whose clocks leave an hour out", Date.UTC(2026, 2, 29, 0, 50), "05:20"],
    ["03:50 on the day whose clocks have an hour twice", Date.UTC(2026, 9, 25, 0, 50), "04:20"],
  ])("for is time that passes: 90 min from %s", (name, startMs, localEnd) => {
    const rule = alertRule({ forMs: 90 * minuteMs });
    const evaluator = new ScriptedEvaluator();
    const ruleSets = [{ name: "sales", rules: [rule] }];
    const book = new AlertBook();
    const engine = new RuleSetEngine({ book, ruleSets, evaluators: [evaluator], epoch: 1, generation: "g1" });
    evaluator.say(observationOf(rule, { standing: "fires", atMs: startMs }));
    engine.step(startMs);
    expect(name.startsWith(localTimeOf(startMs))).toBe(true);
    expect(engine.step(engine.nextDueMs() - 1)).toEqual([]);
    expect(engine.step(engine.nextDueMs()).map(({ at }) => localTimeOf(at))).toEqual([localEnd]);
  });

  test("a calendar window that rolls over ends what the last one raised, and its next fall is an episode of its own", () => {
    const play = new Play(alertRule({ when: "win_rate day by team < 0.25" }));
    play.at("09:00", "fires");
    expect(play.at("22:00", { standing: "unknown", cause: "time" })).toEqual(["22:00 firing → resolved (time)"]);
    expect(play.at("23:00", "fires")).toEqual(["23:00 inactive → firing (data)"]);
  });

  test("a timer over a holiday fires at the instant it was due, not when it was found", () => {
    const play = new Play(alertRule());
    const due = { standing: "fires", atMs: msOf("09:05"), cause: "time" } as const;
    expect(play.at("14:00", due)).toEqual(["09:05 inactive → firing (time)"]);
    expect(play.records[0]).toMatchObject({ at: msOf("09:05"), evaluated_at: msOf("14:00") });
  });

  test("an answer from before the timer was due ends the alert no earlier than it began", () => {
    const play = new Play(alertRule());
    play.at("09:05", { standing: "fires", cause: "time" });
    expect(play.at("09:07", { standing: "clear", atMs: msOf("09:04") })).toEqual(["09:05 firing → resolved (data)"]);
  });
});

const lead = { lead: "L1", owner: "ana" };
const ofLead = (changes: Seen): Seen => ({ group: lead, identity: { lead: "L1" }, cause: "time", ...changes });

describe("escalation", () => {
  const rule = alertRule({
    id: "unanswered-lead",
    labels: { area: "sales" },
    escalation: [
      { patience: { _tag: "Clock", ms: 15 * minuteMs }, severity: "critical", labels: { to: "manager" } },
      { patience: { _tag: "Clock", ms: 30 * minuteMs }, severity: "critical", labels: { to: "head" } },
    ],
  });

  test("each step is a record of its own, under the labels and severity of the step", () => {
    const play = new Play(rule);
    expect(play.at("09:05", ofLead({ standing: "fires" }))).toEqual(["09:05 inactive → firing (time)"]);
    expect(play.at("09:15", ofLead({ standing: "fires", step: 1 }))).toEqual(["09:15 firing → firing step 1 (time)"]);
    expect(play.at("09:16", ofLead({ standing: "fires", step: 1 }))).toEqual([]);
    expect(play.records.map(({ severity, labels }) => [severity, labels])).toEqual([
      ["warning", { lead: "L1", owner: "ana", area: "sales" }],
      ["critical", { lead: "L1", owner: "ana", area: "sales", to: "manager" }],
    ]);
  });

  test("what is found late goes through every step, so that nobody is passed over", () => {
    const play = new Play(rule);
    expect(play.at("10:00", ofLead({ standing: "fires", step: 7, atMs: msOf("09:30") }))).toEqual([
      "09:30 inactive → firing (time)",
      "09:30 firing → firing step 1 (time)",
      "09:30 firing → firing step 2 (time)",
    ]);
  });

  test("stops while somebody looks after the alert, and is free again with the next episode", () => {
    const play = new Play(rule);
    play.at("09:05", ofLead({ standing: "fires" }));
    const fingerprint = play.records[0]?.fingerprint ?? "";
    const ack = {
      rule_set: "sales",
      rule: rule.id,
      fingerprint,
      author: "bogdan",
      comment: "",
      acknowledged_at: dayMs,
    };
    expect(play.book.apply({ name: "alert-acknowledged", record: ack })).toBe(true);
    expect(play.at("09:15", ofLead({ standing: "fires", step: 1 }))).toEqual([]);
    play.at("09:20", ofLead({ standing: "clear" }));
    play.at("09:40", ofLead({ standing: "fires" }));
    expect(play.at("09:50", ofLead({ standing: "fires", step: 1 }))).toHaveLength(1);
  });

  test("a lead that changes hands keeps its alert under its new owner's name", () => {
    const play = new Play(rule);
    play.at("09:05", ofLead({ standing: "fires" }));
    const handed = ofLead({ standing: "fires", group: { lead: "L1", owner: "bogdan" }, cause: "data" });
    expect(play.at("09:10", handed)).toEqual(["09:10 firing → firing (data)"]);
    expect(play.records[1]).toMatchObject({ labels: { owner: "bogdan" }, fingerprint: play.records[0]?.fingerprint });
  });

  test("an answer that is taken back raises the same instant again under ids of its own", () => {
    const play = new Play(rule);
    const due = ofLead({ standing: "fires", atMs: msOf("09:05") });
    play.at("09:05", due);
    play.at("09:10", ofLead({ standing: "clear" }));
    play.at("09:12", due);
    expect(play.records.map(({ transition_id }) => transition_id.split("/").slice(2))).toEqual([
      [String(msOf("09:05")), "0"],
      [String(msOf("09:05")), "1"],
      [String(msOf("09:05")), "2"],
    ]);
  });
});

describe("while the numbers are not complete", () => {
  const health = alertRule({
    id: "engine-lag",
    condition: { _tag: "Engine", what: "lag", above: 30_000, windowMs: 0 },
    forMs: 10 * minuteMs,
  });
  const data = alertRule({ forMs: 10 * minuteMs });

  test("all that is about data holds its state, and what is about the engine goes on", () => {
    const ofData = new ScriptedEvaluator();
    const ofEngine = Object.assign(new ScriptedEvaluator(), { isAlways: true as const });
    const ruleSets = [{ name: "sales", rules: [data, health] }];
    const evaluators = [ofData, ofEngine];
    const engine = new RuleSetEngine({ book: new AlertBook(), ruleSets, evaluators, epoch: 1, generation: "g1" });
    const ended = (time: string, isLive: boolean) =>
      engine.step(msOf(time), isLive).map(({ rule, status, at }) => [rule, status, at]);
    ofData.say(observationOf(data, { standing: "fires", atMs: msOf("09:00") }));
    ofEngine.say(observationOf(health, { standing: "fires", atMs: msOf("09:00"), group: {} }));
    expect(ended("09:00", true)).toHaveLength(2);
    ofData.say(observationOf(data, { standing: "fires", atMs: msOf("09:20"), group: { team: "south" } }));
    expect(ended("09:20", false)).toEqual([["engine-lag", "firing", msOf("09:10")]]);
    expect(ended("09:30", true)).toEqual([
      ["win-rate-low", "pending", msOf("09:20")],
      ["win-rate-low", "firing", msOf("09:10")],
      ["win-rate-low", "firing", msOf("09:30")],
    ]);
  });

  test("nothing ends for not having been seen", () => {
    const book = new AlertBook();
    const ruleSets = [{ name: "sales", rules: [alertRule()] }];
    const first = new ScriptedEvaluator();
    first.say(observationOf(alertRule(), { standing: "fires", atMs: msOf("09:00") }));
    const before = new RuleSetEngine({ book, ruleSets, evaluators: [first], epoch: 1, generation: "g1" });
    for (const record of before.step(msOf("09:00"))) before.applied(record);
    const after = new RuleSetEngine({
      book,
      ruleSets,
      evaluators: [new ScriptedEvaluator()],
      epoch: 2,
      generation: "g1",
    });
    expect(after.step(msOf("09:10"), false)).toEqual([]);
    expect(after.isWhole).toBe(false);
    expect(after.step(msOf("09:20"), true).map(({ status, cause }) => [status, cause])).toEqual([["resolved", "gone"]]);
    expect(after.isWhole).toBe(true);
  });
});
