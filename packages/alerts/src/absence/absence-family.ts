import type { WaitingLead } from "@leadwire/stream";
import type { Observation } from "../alert/observation.ts";
import type { AbsenceCondition, AlertRule } from "../rule/rule.ts";
import { AbsenceWatch } from "./absence-watch.ts";
import type { AbsentThing } from "./absent-thing.ts";
import type { Deadlines } from "./deadlines.ts";
import { WatchIndex } from "./watch-index.ts";
import type { WatchTimers } from "./watch-timers.ts";

type Open = Pick<WaitingLead, "slot" | "dimensions">;

/** Where a family's leads or deals come from. */
export interface AbsenceSource<Thing extends Open> {
  readonly all: () => Iterable<Thing>;
  readonly one: (slot: number) => Thing | undefined;
  readonly asSeen: (condition: AbsenceCondition, thing: Thing) => AbsentThing | undefined;
}

const nobody: ReadonlyArray<AbsenceWatch> = [];

/** All rules about leads, or all about deals: the things themselves are looked up once for all of them. */
export class AbsenceFamily<Thing extends Open> {
  private readonly source: AbsenceSource<Thing>;
  private readonly index: WatchIndex;
  /** No rule is about such things. */
  private readonly isIdle: boolean;
  private readonly touched = new Set<number>();
  /** By slot: who may have a timer for it. */
  private readonly watchedBy: Array<ReadonlyArray<AbsenceWatch> | undefined> = [];
  private walk: Iterator<Thing> | undefined;
  private isWalked: boolean;
  private seen: { readonly slot: number; readonly thing: Thing | undefined } | undefined;

  constructor(
    rules: ReadonlyArray<readonly [AlertRule, AbsenceCondition]>,
    source: AbsenceSource<Thing>,
    time: { readonly deadlines: Deadlines; readonly timers: WatchTimers },
  ) {
    this.source = source;
    const watches = rules.map(([rule, condition]) => {
      const find = (slot: number): AbsentThing | undefined => {
        const thing = this.one(slot);
        return thing === undefined ? undefined : source.asSeen(condition, thing);
      };
      return [new AbsenceWatch(rule, condition, find, time), condition] as const;
    });
    this.index = new WatchIndex(watches);
    this.isIdle = watches.length === 0;
    this.isWalked = this.isIdle;
  }

  /** Whether everything there is has been looked at. */
  get isReady(): boolean {
    return this.isWalked && this.touched.size === 0;
  }

  note(slots: ReadonlyArray<number>): void {
    if (this.isIdle) return;
    for (const slot of slots) this.touched.add(slot);
  }

  /**
   * Looks at what changed, at first at all there is, until it has looked `max` times: once for each thing and each rule
   * that is about it. Answers how often it has.
   */
  look(nowMs: number, max: number, found: Array<Observation>): number {
    this.seen = undefined;
    let looked = 0;
    for (const slot of this.touched) {
      if (looked >= max) return looked;
      this.touched.delete(slot);
      looked += this.lookAt(slot, nowMs, found);
    }
    this.walk ??= this.isWalked ? undefined : this.source.all()[Symbol.iterator]();
    while (!this.isWalked && looked < max) {
      const next = this.walk?.next();
      if (next === undefined || next.done === true) this.isWalked = true;
      else looked += this.lookAt(next.value.slot, nowMs, found);
    }
    return looked;
  }

  private lookAt(slot: number, nowMs: number, found: Array<Observation>): number {
    const thing = this.one(slot);
    const former = this.watchedBy[slot] ?? nobody;
    const now = thing === undefined ? nobody : this.index.of(thing.dimensions);
    if (former !== now) for (const watch of former) if (!now.includes(watch)) watch.look(slot, nowMs, found);
    for (const watch of now) watch.look(slot, nowMs, found);
    this.watchedBy[slot] = now;
    return 1 + now.length + (former === now ? 0 : former.length);
  }

  private one(slot: number): Thing | undefined {
    if (this.seen?.slot !== slot) this.seen = { slot, thing: this.source.one(slot) };
    return this.seen.thing;
  }
}
