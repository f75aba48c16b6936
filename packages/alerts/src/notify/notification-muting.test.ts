import { describe, expect, it } from "vitest";
import type { Inhibition } from "./notification-config.ts";
import { config, hourMs, matcher, minuteMs, mondayMs, NotifyRig, planLine, route } from "./testing/notify-rig.ts";

const at = (minutes: number): number => mondayMs + minutes * minuteMs;
const fires = { status: "firing" } as const;
const ends = { status: "resolved" } as const;
const low = "win-rate-low-north";
const lag = "engine-lag-north";

const prompt = { groupIntervalMs: 0, repeatIntervalMs: 4 * hourMs };
const rigOf = (lines: Parameters<typeof route>[0] = {}, inhibitions: ReadonlyArray<Inhibition> = []): NotifyRig =>
  new NotifyRig(config({ route: route({ ...prompt, ...lines }), inhibitions }));
const told = (plans: ReturnType<NotifyRig["step"]>): ReadonlyArray<string> => plans.map(planLine);
const north = [matcher("team=north")];

describe("A silence", () => {
  it("holds back what matches, until it ends: what still fires is told then", () => {
    const rig = rigOf();
    rig.silence(at(0), { matchers: north });
    expect(told(rig.deliver(at(1), fires, { ...fires, team: "south" }))).toEqual([
      "ops changed [win-rate-low-south/0] win-rate-low-south",
    ]);
    rig.planner.plan(at(1));
    expect(rig.planner.nextDueMs()).toBe(at(60));
    expect(rig.deliver(at(59))).toEqual([]);
    expect(told(rig.deliver(at(60)))).toEqual([`ops changed [${low}/0] ${low} win-rate-low-south`]);
  });

  it("keeps what fired and was resolved within it for good", () => {
    const rig = rigOf();
    rig.silence(at(0), { matchers: north });
    rig.deliver(at(1), fires);
    rig.deliver(at(2), ends);
    expect(rig.deliver(at(120))).toEqual([]);
  });

  it("ends early by one more record of the same id", () => {
    const rig = rigOf();
    rig.silence(at(0), { matchers: north });
    rig.deliver(at(1), fires);
    rig.planner.plan(at(9));
    rig.silence(at(10), { matchers: north, starts_at: at(0), ends_at: at(10) });
    expect(rig.planner.nextDueMs()).toBe(0);
    expect(told(rig.deliver(at(10)))).toEqual([`ops changed [${low}/0] ${low}`]);
  });

  it("that begins later holds back nothing before", () => {
    const rig = rigOf();
    rig.silence(at(0), { matchers: north, starts_at: at(10), ends_at: at(20) });
    expect(rig.deliver(at(9), fires)).toHaveLength(1);
    expect(rig.deliver(at(10), ends)).toEqual([]);
    expect(told(rig.deliver(at(20)))).toEqual([`ops changed [${low}/1] ${low}`]);
  });

  it("stops repeats, and is not listed besides others", () => {
    const rig = rigOf();
    rig.deliver(at(0), fires, { ...fires, team: "south" });
    rig.silence(at(200), { matchers: north, starts_at: at(200), ends_at: at(300) });
    expect(told(rig.deliver(at(240)))).toEqual(["ops repeated [] win-rate-low-south"]);
  });

  it("without a matcher silences nothing", () => {
    const rig = rigOf();
    rig.silence(at(0), { matchers: [] });
    expect(rig.deliver(at(1), fires)).toHaveLength(1);
  });
});

describe("Inhibition", () => {
  const engine: Inhibition = {
    source: [matcher("rule=engine-lag")],
    target: [matcher("rule=win-rate-low")],
    equal: [],
  };
  const back: Inhibition = { source: engine.target, target: engine.source, equal: [] };

  it("holds back while the source fires; what still fires afterwards is told then", () => {
    const rig = rigOf({}, [engine]);
    rig.deliver(at(0), { ...fires, rule: "engine-lag" });
    expect(rig.deliver(at(1), fires)).toEqual([]);
    expect(told(rig.deliver(at(2), { ...ends, rule: "engine-lag" }))).toEqual([
      `ops changed [${lag}/1] ${lag}`,
      `ops changed [${low}/0] ${low}`,
    ]);
  });

  it("counts a source that fires in the same step, or in another partition", () => {
    const rig = rigOf({}, [engine]);
    expect(told(rig.deliver(at(0), fires, { ...fires, rule: "engine-lag" }))).toEqual([
      `ops changed [${lag}/0] ${lag}`,
    ]);
    const elsewhere = rigOf({}, [engine]);
    const source = elsewhere.change(at(0), { ...fires, rule: "engine-lag" });
    elsewhere.around.apply({ name: "alert-changed", record: source });
    expect(elsewhere.deliver(at(1), fires)).toEqual([]);
    elsewhere.around.apply({ name: "alert-changed", record: { ...source, status: "resolved" } });
    expect(elsewhere.planner.nextDueMs()).toBe(0);
    expect(elsewhere.deliver(at(2))).toHaveLength(1);
  });

  it("asks for the same values of the equal labels", () => {
    const rig = rigOf({}, [{ ...engine, equal: ["team"] }]);
    rig.deliver(at(0), { ...fires, rule: "engine-lag" });
    expect(told(rig.deliver(at(1), fires, { ...fires, team: "south" }))).toEqual([
      "ops changed [win-rate-low-south/0] win-rate-low-south",
    ]);
  });

  it("of two rules by each other: both fire, nobody is told of either until one ends (as Alertmanager does)", () => {
    const rig = rigOf({}, [engine, back]);
    expect(rig.deliver(at(0), fires, { ...fires, rule: "engine-lag" })).toEqual([]);
    expect(rig.deliver(at(1))).toEqual([]);
    expect(told(rig.deliver(at(2), { ...ends, rule: "engine-lag" }))).toEqual([`ops changed [${low}/0] ${low}`]);
  });

  it("goes on while the source is itself inhibited or silenced", () => {
    const outage: Inhibition = { source: [matcher("rule=outage")], target: engine.source, equal: [] };
    const rig = rigOf({}, [engine, outage]);
    rig.silence(at(0), { matchers: [matcher("rule=outage")] });
    expect(rig.deliver(at(0), { ...fires, rule: "outage" })).toEqual([]);
    expect(rig.deliver(at(1), { ...fires, rule: "engine-lag" })).toEqual([]);
    expect(rig.deliver(at(2), fires)).toEqual([]);
  });

  it("of an alert on both sides comes neither from itself nor from its like, but from others", () => {
    const severe: Inhibition = {
      source: [matcher("severity=~warning|critical")],
      target: [matcher("severity=warning")],
      equal: [],
    };
    const rig = rigOf({}, [severe]);
    expect(rig.deliver(at(0), fires, { ...fires, team: "south" })).toHaveLength(1);
    rig.deliver(at(1), { ...fires, rule: "engine-lag", severity: "critical" });
    expect(rig.deliver(at(2), { ...fires, team: "west" })).toEqual([]);
  });

  it("of what is a target alone comes from alerts on both sides, too", () => {
    const lower: Inhibition = {
      source: [matcher("severity=~warning|critical")],
      target: [matcher("severity=~warning|info")],
      equal: [],
    };
    const rig = rigOf({}, [lower]);
    expect(rig.deliver(at(0), fires)).toHaveLength(1);
    expect(rig.deliver(at(1), { ...fires, team: "south", severity: "info" })).toEqual([]);
  });

  it("follows a config that changes", () => {
    const rig = rigOf({}, [engine]);
    rig.deliver(at(0), { ...fires, rule: "engine-lag" });
    rig.deliver(at(1), fires);
    rig.around.configure([]);
    rig.planner.configure({ ...rig.config, inhibitions: [] });
    expect(told(rig.deliver(at(2)))).toEqual([`ops changed [${low}/0] ${low}`]);
  });
});

describe("Quiet hours", () => {
  const nights = [{ weekdays: [1, 2, 3, 4, 5], fromMinute: 20 * 60, toMinute: 8 * 60 }];
  /** 20:00 in Berlin on that Monday; the night ends twelve hours later. */
  const nightMs = at(11 * 60);
  const morningMs = at(23 * 60);

  it("hold back; in the morning what still fires is told, what fired and ended in the night is not", () => {
    const rig = rigOf({ quietHours: nights });
    expect(rig.deliver(nightMs, fires, { ...fires, team: "south" })).toEqual([]);
    expect(rig.deliver(nightMs + hourMs, { ...ends, team: "south" })).toEqual([]);
    rig.planner.plan(nightMs + hourMs);
    expect(rig.planner.nextDueMs()).toBe(morningMs);
    expect(told(rig.deliver(morningMs))).toEqual([`ops changed [${low}/0] ${low}`]);
  });

  it("hold back ends and repeats of what was told before, too", () => {
    const rig = rigOf({ quietHours: nights });
    rig.deliver(nightMs - 1, fires, { ...fires, team: "south" });
    expect(rig.deliver(nightMs + hourMs, ends)).toEqual([]);
    expect(rig.deliver(nightMs + 5 * hourMs)).toEqual([]);
    expect(told(rig.deliver(morningMs))).toEqual([`ops changed [${low}/1] win-rate-low-south ${low}`]);
  });

  it("are one route's: others are told", () => {
    const critical = route({ ...prompt, path: "0.0", receivers: ["boss"], matchers: [matcher("severity=critical")] });
    const rig = rigOf({ quietHours: nights, routes: [critical] });
    expect(told(rig.deliver(nightMs, fires, { ...fires, team: "south", severity: "critical" }))).toEqual([
      "boss changed [win-rate-low-south/0] win-rate-low-south",
    ]);
  });
});

describe("Acknowledged and escalating", () => {
  const toManager = route({ ...prompt, path: "0.0", receivers: ["boss"], matchers: [matcher("to=manager")] });
  const stepUp = { ...fires, step: 1, severity: "critical", labels: { to: "manager" } };
  const slow = { groupWaitMs: hourMs, groupIntervalMs: hourMs };

  it("a step up is told at once to whom its new labels lead to, and its end to all who heard of it", () => {
    const rig = rigOf({ routes: [{ ...toManager, ...slow }] });
    expect(told(rig.deliver(at(0), fires))).toEqual([`ops changed [${low}/0] ${low}`]);
    expect(told(rig.deliver(at(10), stepUp))).toEqual([`boss changed [${low}/1] ${low}`]);
    expect(
      rig.deliver(at(20), { ...ends, step: 1, severity: "critical", labels: { to: "manager" } }).map(planLine),
    ).toEqual([`ops changed [${low}/2] ${low}`]);
    expect(told(rig.deliver(at(70)))).toEqual([`boss changed [${low}/2] ${low}`]);
  });

  it("a step up to the same receiver is told at once, too, with what waited", () => {
    const rig = rigOf(slow);
    expect(rig.deliver(at(0), fires)).toEqual([]);
    expect(told(rig.deliver(at(10), stepUp))).toEqual([`ops changed [${low}/0 ${low}/1] ${low}`]);
  });

  it("the former receivers hear no repeats of what went on to others", () => {
    const rig = rigOf({ routes: [toManager] });
    rig.deliver(at(0), fires);
    rig.deliver(at(10), stepUp);
    expect(told(rig.deliver(at(240)))).toEqual([]);
    expect(told(rig.deliver(at(250)))).toEqual([`boss repeated [] ${low}`]);
  });

  it("an acknowledged alert is neither repeated nor told of its steps, its end is", () => {
    const rig = rigOf({ routes: [toManager] });
    rig.deliver(at(0), fires);
    rig.acknowledge(at(1));
    expect(rig.deliver(at(10), stepUp)).toEqual([]);
    expect(rig.deliver(at(24 * 60))).toEqual([]);
    expect(told(rig.deliver(at(25 * 60), { ...ends, step: 1 }))).toEqual([`ops changed [${low}/2] ${low}`]);
  });

  it("whom a step would have called is not told of the alert besides others either", () => {
    const rig = rigOf({ routes: [toManager] });
    rig.deliver(at(0), fires, { ...fires, team: "south" });
    rig.acknowledge(at(1));
    expect(told(rig.deliver(at(10), stepUp, { ...stepUp, team: "south" }))).toEqual([
      "boss changed [win-rate-low-south/1] win-rate-low-south",
    ]);
  });

  it("others of its group are repeated without it, and news lists it", () => {
    const rig = rigOf();
    rig.deliver(at(0), fires, { ...fires, team: "south" });
    rig.acknowledge(at(1));
    expect(told(rig.deliver(at(240)))).toEqual(["ops repeated [] win-rate-low-south"]);
    expect(told(rig.deliver(at(241), { ...ends, team: "south" }))).toEqual([
      `ops changed [win-rate-low-south/1] ${low} win-rate-low-south`,
    ]);
  });

  it("an acknowledgement ends with its episode", () => {
    const rig = rigOf();
    rig.deliver(at(0), fires);
    rig.acknowledge(at(1));
    rig.deliver(at(2), ends);
    rig.deliver(at(3), fires);
    expect(told(rig.deliver(at(243)))).toEqual([`ops repeated [] ${low}`]);
  });
});
