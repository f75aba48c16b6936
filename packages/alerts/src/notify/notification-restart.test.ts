import { describe, expect, it } from "vitest";
import type { Receiver } from "./notification-config.ts";
import { config, hourMs, matcher, minuteMs, mondayMs, NotifyRig, planLine, route } from "./testing/notify-rig.ts";

const at = (minutes: number): number => mondayMs + minutes * minuteMs;
const fires = { status: "firing" } as const;
const ends = { status: "resolved" } as const;
const low = "win-rate-low-north";
const rigOf = (lines: Parameters<typeof route>[0] = {}): NotifyRig =>
  new NotifyRig(
    config({ route: route({ groupIntervalMs: 0, ...lines }), externalUrl: "https://leadwire.example.com" }),
  );
const told = (plans: ReturnType<NotifyRig["step"]>): ReadonlyArray<string> => plans.map(planLine);

describe("After a restart", () => {
  it("what was planned and not settled is sent again under the same key, saying the same", () => {
    const rig = rigOf();
    const [plan] = rig.step(at(0), fires);
    const message = rig.planner.messageOf(plan?.key ?? "");
    rig.step(at(1), ends);
    rig.restart(at(2));
    expect(rig.planner.unsettled()).toEqual([plan]);
    expect(rig.planner.messageOf(plan?.key ?? "")).toEqual(message);
    expect(message).toMatchObject({
      status: "firing",
      kind: "changed",
      receiver: "ops",
      group: { rule: "win-rate-low" },
      planned_at: "2026-03-02T08:00:00.000Z",
      url: "https://leadwire.example.com",
      alerts: [{ fingerprint: low, status: "firing", value: 0.2, started_at: "2026-03-02T08:00:00.000Z" }],
    });
  });

  it("the end of an episode is shown as the end, also while the next one fires for others", () => {
    const critical = route({ path: "0.0", matchers: [matcher("severity=critical")], receivers: ["boss"] });
    const rig = rigOf({ groupIntervalMs: 5 * minuteMs, routes: [critical] });
    rig.deliver(at(0), fires);
    rig.deliver(at(1), ends);
    rig.deliver(at(2), { ...fires, severity: "critical" });
    const [plan] = rig.step(at(5));
    expect(plan === undefined ? "" : planLine(plan)).toBe(`ops changed [${low}/1] ${low}`);
    expect(rig.planner.messageOf(plan?.key ?? "")).toMatchObject({
      status: "resolved",
      alerts: [{ severity: "warning" }],
    });
  });

  it("what was settled is not", () => {
    const rig = rigOf();
    rig.deliver(at(0), fires);
    rig.restart(at(1));
    expect(rig.planner.unsettled()).toEqual([]);
    expect(rig.step(at(1))).toEqual([]);
  });

  it("transitions that were never planned are told: of what still fires, and the end of what was told", () => {
    const rig = rigOf();
    rig.deliver(at(0), fires);
    const lost = [rig.change(at(1), ends), rig.change(at(1), { ...fires, team: "south" })];
    rig.append(...lost.map((record) => ({ name: "alert-changed", record }) as const));
    rig.restart(at(2));
    expect(told(rig.step(at(2)))).toEqual([`ops changed [win-rate-low-south/0 ${low}/1] win-rate-low-south ${low}`]);
  });

  it("an end that nobody told for 24 hours is none any more, and what still fires is told however old", () => {
    const rig = rigOf();
    rig.deliver(at(0), fires);
    const lost = [rig.change(at(1), ends), rig.change(at(1), { ...fires, team: "south" })];
    rig.append(...lost.map((record) => ({ name: "alert-changed", record }) as const));
    rig.restart(at(1) + 24 * hourMs + 1);
    expect(told(rig.step(at(1) + 24 * hourMs + 1))).toEqual(["ops changed [win-rate-low-south/0] win-rate-low-south"]);
  });

  it("intervals go on from where they were", () => {
    const rig = rigOf({ groupIntervalMs: 5 * minuteMs, repeatIntervalMs: hourMs });
    rig.deliver(at(0), fires);
    rig.restart(at(1));
    expect(rig.step(at(1), { ...fires, team: "south" })).toEqual([]);
    expect(rig.planner.plan(at(4))).toEqual([]);
    expect(rig.planner.nextDueMs()).toBe(at(5));
    expect(rig.deliver(at(5))).toHaveLength(1);
    rig.restart(at(6));
    expect(rig.deliver(at(64))).toEqual([]);
    expect(rig.deliver(at(65))).toHaveLength(1);
  });

  it("other routes than before tell nobody twice, and new receivers of what fires", () => {
    const rig = rigOf();
    rig.deliver(at(0), fires);
    rig.restart(at(1), config({ route: route({ path: "0", groupBy: ["team"], receivers: ["ops", "sales"] }) }));
    expect(told(rig.step(at(1)))).toEqual([`sales changed [${low}/0] ${low}`]);
  });

  it("an end that was planned and is told no more by another config is no empty notification", () => {
    const rig = rigOf();
    rig.deliver(at(0), fires);
    const [plan] = rig.step(at(1), ends);
    rig.restart(at(2), config({ route: route({ groupIntervalMs: 0, sendResolved: false }) }));
    expect(rig.planner.messageOf(plan?.key ?? "")).toBeUndefined();
  });

  it("a receiver that is gone is told nothing more, neither after a change of the config", () => {
    const rig = rigOf();
    rig.deliver(at(0), fires);
    rig.planner.configure(config({ receivers: [], route: route({ receivers: [] }) }));
    expect(rig.deliver(at(1), ends)).toEqual([]);
    expect(rig.planner.nextDueMs()).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("A dead letter", () => {
  const request = (rig: NotifyRig, key: string): void =>
    rig.append({ name: "resend-requested", record: { key, author: "ana", requested_at: at(5) } });

  const withDeadLetter = (): { readonly rig: NotifyRig; readonly key: string } => {
    const rig = rigOf();
    const key = rig.step(at(0), fires)[0]?.key ?? "";
    rig.settle(key, at(1), "dead");
    return { rig, key };
  };

  it("is sent again on request: the same transitions under a key derived from the former, once", () => {
    const { rig, key } = withDeadLetter();
    const former = rig.planner.messageOf(key);
    request(rig, key);
    request(rig, key);
    expect(rig.planner.nextDueMs()).toBe(0);
    const [again, ...others] = rig.step(at(5));
    expect(others).toEqual([]);
    expect(again === undefined ? "" : planLine(again)).toBe(`ops resent [${low}/0] ${low}`);
    expect(again?.key).not.toBe(key);
    expect(rig.planner.messageOf(again?.key ?? "")).toEqual({
      ...former,
      key: again?.key,
      kind: "resent",
      planned_at: "2026-03-02T08:05:00.000Z",
    });
    request(rig, key);
    expect(rig.step(at(6))).toEqual([]);
  });

  it("is sent again by the next owner where this one ends before it planned it", () => {
    const { rig, key } = withDeadLetter();
    request(rig, key);
    const here = rig.planner.plan(at(5)).map(planLine);
    rig.restart(at(6));
    expect(told(rig.step(at(6)))).toEqual(here);
  });

  it("that was sent again and died again is one again, under its new key", () => {
    const { rig, key } = withDeadLetter();
    request(rig, key);
    const again = rig.step(at(5))[0]?.key ?? "";
    rig.settle(again, at(6), "dead");
    request(rig, again);
    const third = rig.step(at(7))[0]?.key ?? "";
    expect(new Set([key, again, third]).size).toBe(3);
  });

  it("is kept with 999 that are newer, and not with 1,000", () => {
    const rig = rigOf();
    const keys: Array<string> = [];
    for (let n = 0; n <= 1_000; n += 1) {
      const key = rig.step(at(n), n % 2 === 0 ? fires : ends)[0]?.key ?? "";
      keys.push(key);
      rig.settle(key, at(n), "dead");
    }
    expect(rig.planner.messageOf(keys[0] ?? "")).toBeUndefined();
    expect(rig.planner.messageOf(keys[1] ?? "")?.status).toBe("resolved");
  });

  it("whose receiver is no more is not sent again", () => {
    const { rig, key } = withDeadLetter();
    request(rig, key);
    rig.planner.configure(config({ receivers: [], route: route({ receivers: [] }) }));
    expect(rig.step(at(5))).toEqual([]);
    expect(rig.planner.nextDueMs()).toBe(Number.POSITIVE_INFINITY);
  });

  it("asked for by an unknown key plans nothing", () => {
    const { rig } = withDeadLetter();
    request(rig, "ntf_0");
    expect(rig.step(at(5))).toEqual([]);
  });
});

describe("An Alertmanager", () => {
  const alertmanager: Receiver = { _tag: "Alertmanager", name: "am", url: "http://am.example.com" };
  const rigWithAlertmanager = (lines: Parameters<typeof route>[0] = {}): NotifyRig =>
    new NotifyRig(
      config({
        receivers: [alertmanager],
        route: route({ receivers: ["am"], groupWaitMs: hourMs, sendResolved: false, ...lines }),
      }),
    );

  it("is told of every change at once, ends too, whatever the route's times are", () => {
    const rig = rigWithAlertmanager();
    expect(told(rig.deliver(at(0), fires))).toEqual([`am changed [${low}/0] ${low}`]);
    expect(rig.deliver(at(0.1), { ...fires, rule: "quota-behind" })).toHaveLength(1);
    expect(told(rig.deliver(at(0.2), ends))).toEqual([`am changed [${low}/1] quota-behind-north ${low}`]);
  });

  it("hears everything that fires again each minute, in one notification, also what is acknowledged", () => {
    const rig = rigWithAlertmanager();
    rig.deliver(at(0), fires, { ...fires, rule: "quota-behind" });
    rig.acknowledge(at(0.5));
    expect(told(rig.deliver(at(1)))).toEqual([`am repeated [] quota-behind-north ${low}`]);
    expect(told(rig.deliver(at(2)))).toEqual([`am repeated [] quota-behind-north ${low}`]);
  });

  it("hears of all that fires in each notification, however many", () => {
    const rig = rigWithAlertmanager();
    const many = Array.from({ length: 600 }, (_, n) => ({ ...fires, team: `team${n}` }));
    expect(rig.deliver(at(0), ...many).map(({ alerts }) => alerts.length)).toEqual([600]);
    expect(rig.deliver(at(1)).map(({ alerts }) => alerts.length)).toEqual([600]);
  });

  it("is not told of what is silenced here", () => {
    const rig = rigWithAlertmanager();
    rig.deliver(at(0), fires);
    rig.silence(at(0.5), { matchers: [matcher("team=north")] });
    expect(rig.deliver(at(1))).toEqual([]);
  });
});
