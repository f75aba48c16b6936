import type { Observation } from "../alert/observation.ts";
import type { AbsenceCondition, AlertRule, Patience } from "../rule/rule.ts";
import type { AbsentThing } from "./absent-thing.ts";
import type { Deadlines } from "./deadlines.ts";
import type { TimedWatch, WatchTimers } from "./watch-timers.ts";

const never = Number.POSITIVE_INFINITY;
const none = -1;

/** What was last said of a lead or a deal whose time was up. */
interface Said {
  readonly thing: AbsentThing;
  readonly step: number;
  readonly dueMs: number;
}

/** Finds a lead or a deal by its slot; undefined where the rule does not look at it, or no longer. */
export type FindThing = (slot: number) => AbsentThing | undefined;

const sameLabels = (a: AbsentThing, b: AbsentThing): boolean => JSON.stringify(a.group) === JSON.stringify(b.group);

/**
 * One rule about something absent: a timer for each lead or deal that it waits for, of the next step that is due. Of what
 * its backfill brought too late nothing is said: its timer was due when nobody could have been told.
 */
export class AbsenceWatch implements TimedWatch {
  readonly rule: AlertRule;
  private readonly timers: WatchTimers;
  private readonly firstStep: number;
  private readonly find: FindThing;
  private readonly deadlines: Deadlines;
  private readonly patiences: ReadonlyArray<Patience>;
  private readonly isForClose: boolean;
  /** By slot: the timer that waits. */
  private readonly timerOf: Array<number> = [];
  private readonly said = new Map<number, Said>();

  constructor(
    rule: AlertRule,
    condition: AbsenceCondition,
    find: FindThing,
    { deadlines, timers }: { readonly deadlines: Deadlines; readonly timers: WatchTimers },
  ) {
    this.rule = rule;
    this.timers = timers;
    this.find = find;
    this.deadlines = deadlines;
    this.patiences = [condition.patience, ...rule.escalation.map(({ patience }) => patience)];
    this.isForClose = condition.what === "deal_close";
    this.firstStep = timers.register(this, this.patiences.length);
  }

  /** Something about the lead or the deal has changed. */
  look(slot: number, nowMs: number, found: Array<Observation>): void {
    this.cancel(slot);
    const thing = this.find(slot);
    const said = this.said.get(slot);
    if (thing === undefined) {
      if (said !== undefined) this.clear(slot, said, nowMs, found);
      return;
    }
    if (said === undefined) {
      this.schedule(slot, thing, 0);
      return;
    }
    const isSameThing = JSON.stringify(said.thing.identity) === JSON.stringify(thing.identity);
    if (!isSameThing || !(this.dueMs(thing, 0) <= nowMs)) {
      this.clear(slot, said, nowMs, found);
      this.schedule(slot, thing, 0);
      return;
    }
    if (!sameLabels(said.thing, thing)) found.push(this.fires(thing, said.step, Math.max(said.dueMs, nowMs), "data"));
    this.said.set(slot, { ...said, thing });
    this.schedule(slot, thing, said.step + 1);
  }

  due(slot: number, step: number, dueMs: number, found: Array<Observation>): void {
    this.timerOf[slot] = none;
    const thing = this.find(slot);
    if (thing === undefined) return;
    this.said.set(slot, { thing, step, dueMs });
    found.push(this.fires(thing, step, dueMs, "time"));
    this.schedule(slot, thing, step + 1);
  }

  private schedule(slot: number, thing: AbsentThing, fromStep: number): void {
    for (let step = fromStep; step < this.patiences.length; step += 1) {
      const dueMs = this.dueMs(thing, step);
      const { isBackfill, appendTimeMs } = thing.anchor;
      if (dueMs === never || (isBackfill && dueMs <= appendTimeMs)) continue;
      this.timerOf[slot] = this.timers.add(dueMs, slot, this.firstStep + step);
      return;
    }
  }

  private cancel(slot: number): void {
    const timer = this.timerOf[slot] ?? none;
    if (timer !== none) this.timers.cancel(timer);
    this.timerOf[slot] = none;
  }

  private dueMs({ anchor }: AbsentThing, step: number): number {
    const patience = this.patiences[step];
    if (patience === undefined) return never;
    // The wait for a close begins as its day ends: the first business day after that day is the one that begins then.
    const isOfItsDay = this.isForClose && patience._tag === "BusinessDays";
    return this.deadlines.after(isOfItsDay ? anchor.atMs - 1 : anchor.atMs, patience);
  }

  private clear(slot: number, { thing, step, dueMs }: Said, nowMs: number, found: Array<Observation>): void {
    this.said.delete(slot);
    const cleared = this.fires(thing, step, Math.max(dueMs, nowMs), "data");
    found.push({ ...cleared, standing: "clear" });
  }

  /** The value is how long it has been waited for; the threshold the patience, where that is time. */
  private fires(thing: AbsentThing, step: number, atMs: number, cause: "time" | "data"): Observation {
    const patience = this.patiences[step];
    const isTime = patience !== undefined && patience._tag !== "BusinessDays";
    return {
      rule: this.rule,
      group: thing.group,
      identity: thing.identity,
      standing: "fires",
      atMs,
      step,
      cause,
      value: (atMs - thing.anchor.atMs) / 1000,
      numerator: thing.amountMinor,
      denominator: null,
      threshold: isTime ? patience.ms / 1000 : null,
      unit: "s",
      events: [],
    };
  }
}
