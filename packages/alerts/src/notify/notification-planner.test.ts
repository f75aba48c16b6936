import { describe, expect, it } from "vitest";
import { config, hourMs, minuteMs, mondayMs, NotifyRig, planLine, route, secondMs } from "./testing/notify-rig.ts";

const at = (minutes: number): number => mondayMs + minutes * minuteMs;
const fires = { status: "firing" } as const;
const ends = { status: "resolved" } as const;
const inTeam = (team: string) => ({ ...fires, team });

const rigOf = (lines: Parameters<typeof route>[0] = {}): NotifyRig => new NotifyRig(config({ route: route(lines) }));
const told = (plans: ReturnType<NotifyRig["step"]>): ReadonlyArray<string> => plans.map(planLine);
const one = "win-rate-low-north";
const other = "win-rate-low-south";

describe("An alert", () => {
  it("is told when it fires and when it is resolved, each once", () => {
    const rig = rigOf({ groupIntervalMs: 0 });
    expect(told(rig.deliver(at(0), fires))).toEqual([`ops changed [${one}/0] ${one}`]);
    expect(told(rig.deliver(at(1)))).toEqual([]);
    expect(told(rig.deliver(at(2), ends))).toEqual([`ops changed [${one}/1] ${one}`]);
    expect(told(rig.deliver(at(3)))).toEqual([]);
    expect(rig.planner.nextDueMs()).toBe(Number.POSITIVE_INFINITY);
  });

  it("is told to nobody while it is pending, or where it never fired", () => {
    const rig = rigOf();
    expect(rig.deliver(at(0), { status: "pending" })).toEqual([]);
    expect(rig.deliver(at(1), { status: "inactive" })).toEqual([]);
    expect(rig.planner.nextDueMs()).toBe(Number.POSITIVE_INFINITY);
  });

  it("is told to every receiver of its route under a key of its own", () => {
    const plans = rigOf({ receivers: ["ops", "sales"] }).deliver(at(0), fires);
    expect(plans.map(({ receiver }) => receiver)).toEqual(["ops", "sales"]);
    expect(new Set(plans.map(({ key }) => key)).size).toBe(2);
  });

  it("that fired and was resolved before anybody was told is not told at all", () => {
    const rig = rigOf({ groupWaitMs: 5 * minuteMs });
    expect(rig.deliver(at(0), fires)).toEqual([]);
    expect(rig.deliver(at(1), ends)).toEqual([]);
    expect(rig.deliver(at(60))).toEqual([]);
    expect(rig.planner.nextDueMs()).toBe(Number.POSITIVE_INFINITY);
  });

  it("that fires again before its end was told is told of both, and a whole episode in between of neither", () => {
    const rig = rigOf({ groupIntervalMs: 10 * minuteMs });
    rig.deliver(at(0), fires);
    rig.deliver(at(1), ends);
    rig.deliver(at(2), fires);
    rig.deliver(at(3), ends);
    rig.deliver(at(4), fires);
    const [plan, ...others] = rig.deliver(at(10));
    expect(others).toEqual([]);
    const started = (id: string): number => Number(id.split("/")[2]);
    expect(plan?.transitions.map((id) => [started(id) - mondayMs, id.split("/")[3]])).toEqual([
      [0, "1"],
      [4 * minuteMs, "0"],
    ]);
  });

  it("is not told of its end where the route does not want that, and holds no memory of it", () => {
    const rig = rigOf({ sendResolved: false, groupIntervalMs: 0 });
    rig.deliver(at(0), fires);
    expect(rig.deliver(at(1), ends)).toEqual([]);
    expect(told(rig.deliver(at(2), fires))).toEqual([`ops changed [${one}/0] ${one}`]);
  });
});

describe("A group", () => {
  it("waits for alerts that come together, from the first of them on", () => {
    const rig = rigOf({ groupWaitMs: 30 * secondMs });
    expect(rig.deliver(at(0), inTeam("north"))).toEqual([]);
    expect(rig.planner.plan(at(0))).toEqual([]);
    expect(rig.planner.nextDueMs()).toBe(at(0.5));
    expect(rig.deliver(at(0.25), inTeam("south"))).toEqual([]);
    expect(told(rig.deliver(at(0.5)))).toEqual([`ops changed [${one}/0 ${other}/0] ${one} ${other}`]);
  });

  it("that was told waits its interval for more", () => {
    const rig = rigOf({ groupIntervalMs: 5 * minuteMs });
    rig.deliver(at(0), inTeam("north"));
    expect(rig.deliver(at(1), inTeam("south"))).toEqual([]);
    rig.planner.plan(at(1));
    expect(rig.planner.nextDueMs()).toBe(at(5));
    expect(told(rig.deliver(at(5)))).toEqual([`ops changed [${other}/0] ${one} ${other}`]);
  });

  it("whose alerts are all over is new again: it waits for company, not for its interval", () => {
    const rig = rigOf({ groupIntervalMs: 5 * minuteMs });
    rig.deliver(at(0), fires);
    expect(told(rig.deliver(at(5), ends))).toHaveLength(1);
    expect(told(rig.deliver(at(6), fires))).toEqual([`ops changed [${one}/0] ${one}`]);
  });

  it("is by the labels named: rule, team, all of them, or none", () => {
    const groups = (groupBy: ReadonlyArray<string>) =>
      rigOf({ groupBy })
        .deliver(at(0), inTeam("north"), inTeam("south"), { ...inTeam("north"), rule: "quota-behind" })
        .map(({ group, alerts }) => [JSON.stringify(group), alerts.length]);
    expect(groups(["rule"])).toEqual([
      ['{"rule":"quota-behind"}', 1],
      ['{"rule":"win-rate-low"}', 2],
    ]);
    expect(groups(["team", "region"])).toEqual([
      ['{"team":"north"}', 2],
      ['{"team":"south"}', 1],
    ]);
    expect(groups(["..."])).toHaveLength(3);
    expect(groups([])).toEqual([["{}", 3]]);
  });

  it("is repeated while it fires, each time under a key of its own, and tells no transition thereby", () => {
    const rig = rigOf({ repeatIntervalMs: 4 * hourMs });
    const [first] = rig.deliver(at(0), inTeam("north"), inTeam("south"));
    rig.planner.plan(at(0));
    expect(rig.planner.nextDueMs()).toBe(at(240));
    expect(rig.deliver(at(239))).toEqual([]);
    const [again] = rig.deliver(at(240));
    expect(again === undefined ? "" : planLine(again)).toBe(`ops repeated [] ${one} ${other}`);
    expect(rig.deliver(at(479))).toEqual([]);
    const [third] = rig.deliver(at(480));
    expect(new Set([first?.key, again?.key, third?.key]).size).toBe(3);
  });

  it("with news is not repeated besides, and repeats hold back no news", () => {
    const rig = rigOf({ repeatIntervalMs: 10 * minuteMs, groupIntervalMs: hourMs });
    rig.deliver(at(0), inTeam("north"));
    rig.deliver(at(5), inTeam("south"));
    expect(told(rig.deliver(at(10)))).toEqual([`ops changed [${other}/0] ${one} ${other}`]);
  });

  it("is told one after the other: while something is on its way the next waits, and is then told whole", () => {
    const rig = rigOf({ groupIntervalMs: 0, repeatIntervalMs: minuteMs });
    const [first] = rig.step(at(0), inTeam("north"));
    expect(rig.step(at(1), inTeam("south"))).toEqual([]);
    expect(rig.step(at(2), { ...ends, team: "north" })).toEqual([]);
    rig.settle(first?.key ?? "", at(3));
    expect(rig.planner.nextDueMs()).toBe(0);
    expect(told(rig.step(at(3)))).toEqual([`ops changed [${other}/0 ${one}/1] ${other} ${one}`]);
  });

  it("does not wait for what was given up, and other receivers wait for neither", () => {
    const rig = rigOf({ groupIntervalMs: 0, receivers: ["ops", "sales"] });
    const [ops, sales] = rig.step(at(0), inTeam("north"));
    rig.settle(sales?.key ?? "", at(1));
    expect(told(rig.step(at(1), inTeam("south"))).map((line) => line.slice(0, 5))).toEqual(["sales"]);
    rig.settle(ops?.key ?? "", at(2), "dead");
    expect(told(rig.step(at(2)))).toEqual([`ops changed [${other}/0] ${one} ${other}`]);
  });

  it("of more than 500 is told in several notifications, one after the other, without waiting in between", () => {
    const rig = rigOf({ groupIntervalMs: hourMs });
    const many = Array.from({ length: 1_100 }, (_, n) => inTeam(`team${n}`));
    const plans: Array<ReturnType<NotifyRig["step"]>[number]> = [...rig.deliver(at(0), ...many)];
    for (let round = 0; round < 4; round += 1) plans.push(...rig.deliver(at(1)));
    expect(plans.map(({ transitions }) => transitions.length)).toEqual([500, 500, 100]);
    expect(plans[2]?.alerts).toHaveLength(500);
    expect(new Set(plans.flatMap(({ transitions }) => transitions)).size).toBe(1_100);
    expect(rig.deliver(at(240 + 1)).map(({ kind, alerts }) => [kind, alerts.length])).toEqual([["repeated", 500]]);
  });

  it("lists what fires first, then what is worse, then what began first", () => {
    const rig = rigOf({ groupIntervalMs: 0 });
    rig.deliver(at(0), inTeam("c"), inTeam("b"));
    rig.deliver(at(1), { ...inTeam("a"), severity: "critical" });
    const [plan] = rig.deliver(at(2), { ...ends, team: "c" }, inTeam("a2"));
    expect(plan?.alerts.map((name) => name.slice("win-rate-low-".length))).toEqual(["a", "b", "a2", "c"]);
  });
});

describe("Planning", () => {
  it("is a question: asked again, without or with other transitions, it answers as at first", () => {
    const rig = rigOf({ repeatIntervalMs: hourMs });
    rig.deliver(at(0), inTeam("north"));
    const fresh = [rig.change(at(60), { ...ends, team: "north" })];
    const before = rig.planner.plan(at(60));
    expect(before.map(planLine)).toEqual([`ops repeated [] ${one}`]);
    const withFresh = rig.planner.plan(at(60), fresh);
    expect(withFresh.map(planLine)).toEqual([`ops changed [${one}/1] ${one}`]);
    expect(rig.planner.plan(at(60), fresh)).toEqual(withFresh);
    expect(rig.planner.plan(at(60))).toEqual(before);
  });

  it("costs nothing for groups with nothing due", () => {
    const rig = rigOf({ groupBy: ["..."] });
    rig.deliver(at(0), ...Array.from({ length: 200 }, (_, team) => inTeam(`${team}`)));
    rig.planner.plan(at(0));
    expect(rig.planner.nextDueMs()).toBe(at(240));
  });

  it("takes the owner's epoch", () => {
    const rig = rigOf();
    rig.restart(at(0));
    expect(rig.step(at(0), fires).map(({ epoch }) => epoch)).toEqual([2]);
  });
});
