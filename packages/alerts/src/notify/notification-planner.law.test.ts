import type { AlertChanged, AlertRecord, NotificationPlanned } from "@leadwire/events";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NotificationConfig } from "./notification-config.ts";
import { NotificationPlanner } from "./notification-planner.ts";
import { Surroundings } from "./surroundings.ts";
import { berlin, config, hourMs, matcher, minuteMs, mondayMs, NotifyRig, route } from "./testing/notify-rig.ts";

const rules = ["win-rate-low", "engine-lag"] as const;
const teams = ["north", "south"] as const;

type Move =
  | {
      readonly kind: "change";
      readonly rule: string;
      readonly team: string;
      readonly toMinutes: number;
      readonly pick: number;
    }
  | { readonly kind: "wait"; readonly minutes: number }
  | { readonly kind: "settle"; readonly nth: number; readonly outcome: "delivered" | "dead" }
  | { readonly kind: "silence"; readonly team: string; readonly minutes: number }
  | { readonly kind: "acknowledge"; readonly rule: string; readonly team: string }
  | { readonly kind: "crash" };

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("change" as const),
      rule: fc.constantFrom(...rules),
      team: fc.constantFrom(...teams),
      toMinutes: fc.constantFrom(0, 0, 1),
      pick: fc.nat(3),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("wait" as const), minutes: fc.constantFrom(1, 4, 5, 30) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("settle" as const),
      nth: fc.nat(2),
      outcome: fc.constantFrom("delivered" as const, "delivered" as const, "dead" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("silence" as const),
      team: fc.constantFrom(...teams),
      minutes: fc.constantFrom(0, 3, 20),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("acknowledge" as const),
      rule: fc.constantFrom(...rules),
      team: fc.constantFrom(...teams),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: "crash" as const }) },
);

/** 09:10 to 09:40 in Berlin. */
const quiet = { weekdays: [1], fromMinute: 9 * 60 + 10, toMinute: 9 * 60 + 40 };
const inhibition = { source: [matcher("rule=engine-lag")], target: [matcher("rule=win-rate-low")], equal: ["team"] };

const setting: fc.Arbitrary<NotificationConfig> = fc
  .record({
    groupWaitMs: fc.constantFrom(0, 2 * minuteMs),
    groupIntervalMs: fc.constantFrom(0, 5 * minuteMs),
    repeatIntervalMs: fc.constantFrom(20 * minuteMs, 4 * hourMs),
    groupBy: fc.constantFrom<ReadonlyArray<string>>([], ["rule"], ["team"], ["..."]),
    isQuiet: fc.boolean(),
    inhibits: fc.boolean(),
  })
  .map(({ isQuiet, inhibits, ...times }) =>
    config({
      inhibitions: inhibits ? [inhibition] : [],
      route: route({
        ...times,
        receivers: ["ops", "sales"],
        quietHours: isQuiet ? [quiet] : [],
        routes: [
          route({
            ...times,
            path: "0.0",
            matchers: [matcher("to=manager")],
            receivers: ["ops", "boss"],
            quietHours: [],
          }),
        ],
      }),
    }),
  );

/** What may follow the alert's newest record; one of them is picked. */
const followers = (last: AlertChanged | undefined): ReadonlyArray<Parameters<NotifyRig["change"]>[1]> => {
  const manager = { to: "manager" };
  if (last?.status === "pending") return [{ status: "firing" }, { status: "inactive" }];
  if (last?.status !== "firing") return [{ status: "firing" }, { status: "pending" }];
  if (last.step > 0) return [{ status: "resolved", step: 1, labels: manager }];
  return [{ status: "resolved" }, { status: "firing", step: 1, labels: manager }];
};

/** Plays the moves; `onStep` sees every plan at its place before it is appended. */
class Play {
  readonly rig: NotifyRig;
  nowMs = mondayMs;
  readonly #onPlan: (play: Play, plan: NotificationPlanned) => void;

  constructor(chosen: NotificationConfig, onPlan: (play: Play, plan: NotificationPlanned) => void = () => undefined) {
    this.rig = new NotifyRig(chosen);
    this.#onPlan = onPlan;
  }

  play(one: Move): void {
    const { rig } = this;
    switch (one.kind) {
      case "change": {
        const last = changesOf(rig.log).findLast((change) => change.fingerprint === `${one.rule}-${one.team}`);
        const next = followers(last);
        const chosen = next[one.pick % next.length];
        this.nowMs += one.toMinutes * minuteMs;
        if (chosen !== undefined) this.step({ ...chosen, rule: one.rule, team: one.team });
        return;
      }
      case "wait":
        this.nowMs += one.minutes * minuteMs;
        this.step();
        return;
      case "settle": {
        const plan = rig.planner.unsettled()[one.nth];
        if (plan !== undefined) rig.settle(plan.key, this.nowMs, one.outcome);
        return;
      }
      case "silence": {
        const ends = this.nowMs + one.minutes * minuteMs;
        rig.silence(this.nowMs, { silence_id: one.team, matchers: [matcher(`team=${one.team}`)], ends_at: ends });
        return;
      }
      case "acknowledge":
        rig.acknowledge(this.nowMs, one.rule, one.team);
        return;
      case "crash":
        // Whatever was planned and not appended is lost with the process.
        rig.planner.plan(this.nowMs);
        rig.restart(this.nowMs);
    }
  }

  step(...changes: ReadonlyArray<Parameters<NotifyRig["change"]>[1]>): void {
    const fresh = changes.map((change) => this.rig.change(this.nowMs, change));
    const plans = this.rig.planner.plan(this.nowMs, fresh);
    this.rig.append(...fresh.map((record): AlertRecord => ({ name: "alert-changed", record })));
    for (const plan of plans) {
      this.#onPlan(this, plan);
      this.rig.append({ name: "notification-planned", record: plan });
    }
  }

  /** Everything that held back ends, everything is delivered, time goes by: less than a repeat later all is told. */
  drain(): void {
    this.nowMs += hourMs;
    for (let round = 0; round < 6; round += 1) {
      this.step();
      for (const { key } of this.rig.planner.unsettled()) this.rig.settle(key, this.nowMs);
      this.nowMs += 6 * minuteMs;
    }
  }
}

const changesOf = (log: ReadonlyArray<AlertRecord>): ReadonlyArray<AlertChanged> =>
  log.flatMap((entry) => (entry.name === "alert-changed" ? [entry.record] : []));
const plansOf = (log: ReadonlyArray<AlertRecord>): ReadonlyArray<NotificationPlanned> =>
  log.flatMap((entry) => (entry.name === "notification-planned" ? [entry.record] : []));

/** Silenced, inhibited or quiet, found from the log alone and in the plainest way. */
const isMuted = (
  log: ReadonlyArray<AlertRecord>,
  chosen: NotificationConfig,
  alert: AlertChanged,
  atMs: number,
): boolean => {
  const team = alert.labels.team ?? "";
  const silence = log.findLast((entry) => entry.name === "alerts-silenced" && entry.record.silence_id === team);
  if (silence?.name === "alerts-silenced" && atMs >= silence.record.starts_at && atMs < silence.record.ends_at)
    return true;
  const source = changesOf(log).findLast((change) => change.fingerprint === `engine-lag-${team}`);
  const isInhibited = chosen.inhibitions.length > 0 && alert.rule === "win-rate-low" && source?.status === "firing";
  return isInhibited;
};

const isQuiet = (chosen: NotificationConfig, plan: NotificationPlanned): boolean =>
  chosen.route.quietHours.length > 0 &&
  plan.group_key.startsWith('["0",') &&
  plan.planned_at >= mondayMs + 10 * minuteMs &&
  plan.planned_at < mondayMs + 40 * minuteMs;

const moves = fc.array(move, { minLength: 5, maxLength: 40 });
const runs = { numRuns: 150 };

describe("Whatever happens, in whatever order, with crashes anywhere", () => {
  it("each transition has exactly one key per receiver, and each key is one plan's", () => {
    fc.assert(
      fc.property(setting, moves, (chosen, all) => {
        const play = new Play(chosen);
        for (const one of all) play.play(one);
        play.drain();
        const plans = plansOf(play.rig.log);
        const pairs = plans.flatMap(({ receiver, transitions }) => transitions.map((id) => `${receiver} ${id}`));
        expect(new Set(pairs).size).toBe(pairs.length);
        expect(new Set(plans.map(({ key }) => key)).size).toBe(plans.length);
      }),
      runs,
    );
  });

  it("nothing that is silenced, inhibited or in quiet hours is told or listed", () => {
    fc.assert(
      fc.property(setting, moves, (chosen, all) => {
        const play = new Play(chosen, ({ rig, nowMs }, plan) => {
          expect(isQuiet(chosen, plan)).toBe(false);
          for (const fingerprint of plan.alerts) {
            const newest = changesOf(rig.log).findLast((change) => change.fingerprint === fingerprint);
            expect(newest !== undefined && isMuted(rig.log, chosen, newest, nowMs)).toBe(false);
          }
        });
        for (const one of all) play.play(one);
        play.drain();
      }),
      runs,
    );
  });

  it("what fires is told to all its receivers in the end, and the end of what was told to all who heard of it", () => {
    fc.assert(
      fc.property(setting, moves, (chosen, all) => {
        const play = new Play(chosen);
        for (const one of all) play.play(one);
        if (chosen.inhibitions.length > 0) endAll(play, "engine-lag");
        play.drain();
        const { log } = play.rig;
        const acknowledged = new Set(acknowledgedEpisodes(log));
        for (const receiver of ["ops", "sales", "boss"]) {
          const told = new Set(plansOf(log).flatMap((plan) => (plan.receiver === receiver ? plan.transitions : [])));
          for (const [episode, chain] of episodesOf(log)) {
            const untold = chain.filter(({ status, transition_id }) => status === "firing" && !told.has(transition_id));
            const leads = ({ step }: AlertChanged): boolean => receiver !== (step > 0 ? "sales" : "boss");
            const isDue = (change: AlertChanged): boolean => change === chain[0] || !acknowledged.has(episode);
            const end = chain.find(({ status }) => status === "resolved");
            if (end === undefined) expect(untold.filter((change) => leads(change) && isDue(change))).toEqual([]);
            else
              expect([end.transition_id, told.has(end.transition_id)]).toEqual([
                end.transition_id,
                untold.length < chain.length - 1,
              ]);
          }
        }
      }),
      runs,
    );
  });

  it("folding the log again gives the same plans, messages and waits, at any cut", () => {
    fc.assert(
      fc.property(setting, moves, (chosen, all) => {
        const play = new Play(chosen);
        for (const one of all) {
          play.play(one);
          const { rig, nowMs } = play;
          const around = new Surroundings(chosen.inhibitions);
          const again = new NotificationPlanner({ config: chosen, calendar: berlin, around });
          for (const record of rig.log) again.apply(record);
          expect(again.plan(nowMs)).toEqual(rig.planner.plan(nowMs));
          // To look too soon is idle, too late would hold back: before it says so nothing is due.
          for (
            let laterMs = nowMs;
            laterMs < Math.min(rig.planner.nextDueMs(), nowMs + hourMs);
            laterMs += 2 * minuteMs
          ) {
            expect(again.plan(laterMs)).toEqual([]);
          }
          const keys = rig.planner.unsettled().map(({ key }) => key);
          expect(again.unsettled().map(({ key }) => key)).toEqual(keys);
          for (const key of keys) expect(again.messageOf(key)).toEqual(rig.planner.messageOf(key));
        }
      }),
      { numRuns: 60 },
    );
  });
});

const endAll = (play: Play, rule: string): void => {
  for (const team of teams) {
    const last = changesOf(play.rig.log).findLast((change) => change.fingerprint === `${rule}-${team}`);
    if (last?.status === "firing") play.step({ rule, team, status: "resolved", step: last.step, labels: last.labels });
  }
};

/** Transitions to firing, steps up and ends, by the id of the episode's first. */
const episodesOf = (log: ReadonlyArray<AlertRecord>): ReadonlyMap<string, ReadonlyArray<AlertChanged>> => {
  const episodes = new Map<string, Array<AlertChanged>>();
  const open = new Map<string, Array<AlertChanged>>();
  for (const change of changesOf(log)) {
    if (change.status === "pending" || change.status === "inactive") continue;
    const chain = change.former === "firing" ? open.get(change.fingerprint) : undefined;
    if (chain === undefined) {
      const begun = [change];
      open.set(change.fingerprint, begun);
      episodes.set(change.transition_id, begun);
    } else chain.push(change);
  }
  return episodes;
};

/** Episodes that somebody took to look after. */
const acknowledgedEpisodes = (log: ReadonlyArray<AlertRecord>): ReadonlyArray<string> =>
  log.flatMap((entry, index) => {
    if (entry.name !== "alert-acknowledged") return [];
    const newest = changesOf(log.slice(0, index)).findLast(
      ({ fingerprint }) => fingerprint === entry.record.fingerprint,
    );
    if (newest === undefined || (newest.status !== "firing" && newest.status !== "pending")) return [];
    const later =
      newest.status === "firing"
        ? newest
        : changesOf(log.slice(index)).find(({ fingerprint }) => fingerprint === newest.fingerprint);
    return [...episodesOf(log)].filter(([, chain]) => later !== undefined && chain.includes(later)).map(([id]) => id);
  });
