import { HeldFacts, type LevelFact } from "./held-facts.ts";

/** Entities whose level has come back to 0 are kept this long, by number: their facts may still be corrected. */
const settledMaxUsual = 16_384;

/**
 * Entities with a level (a lead that waits, a deal in the pipeline) and the facts that make it, while it is above 0 and
 * a while longer. Of each fact the highest version counts. An entity's place (its slot) stays the same while it is held.
 *
 * Of an entity that was let go nothing is known but that its level was 0: a fact that is taken back had counted, so its
 * contrary is held; one that is told may be new or another word on an old one. A level that comes out below 0 shows the
 * latter, and the entity is let go again.
 */
export class LevelBook {
  readonly facts = new HeldFacts();
  private readonly slots = new Map<string, number>();
  private readonly ids: Array<string | undefined> = [];
  private readonly heads: Array<number> = [];
  /** Of an entity at level 0 its place in the queue of those to let go; else 0. */
  private readonly settledAt: Array<number> = [];
  /** Who else needs the entity, though its level is 0. */
  private readonly holders: Array<number> = [];
  private freeSlots: Array<number> = [];
  private released: Array<number> = [];
  private settled: Array<readonly [slot: number, at: number]> = [];
  private settledFrom = 0;
  private settledCount = 0;
  private group: Array<number> = [];
  private touched = new Set<number>();
  private readonly settledMax: number;
  private readonly onRelease: (slot: number) => void;

  /** `onRelease` is told of an entity that is let go; `settledMax`: as `settledMaxUsual` unless given. */
  constructor(onRelease: (slot: number) => void, settledMax = settledMaxUsual) {
    this.onRelease = onRelease;
    this.settledMax = settledMax;
  }

  /** Entities held, settled ones too. */
  get size(): number {
    return this.slots.size;
  }

  slotOf(id: string): number | undefined {
    return this.slots.get(id);
  }
  idOf(slot: number): string | undefined {
    return this.ids[slot];
  }

  /** The entity's slot; a new one where it is not held. */
  hold(id: string): number {
    const known = this.slots.get(id);
    if (known !== undefined) return known;
    const slot = this.freeSlots.pop() ?? this.ids.length;
    this.ids[slot] = id;
    this.heads[slot] = -1;
    this.settledAt[slot] = 0;
    this.holders[slot] = 0;
    this.slots.set(id, slot);
    this.touch(slot);
    return slot;
  }

  /** `isWhole`: all of the entity's facts are told, those taken back too. */
  apply(id: string, fact: LevelFact, isWhole: boolean): void {
    const slot = this.hold(id);
    const { facts } = this;
    const head = this.heads[slot] as number;
    const row = facts.find(head, fact.hash);
    if (row !== -1) {
      if (fact.version <= facts.version(row)) return;
      facts.write(row, fact);
    } else {
      this.heads[slot] = facts.add(head, fact);
      if (!fact.isPresent && !isWhole) this.heads[slot] = facts.add(this.heads[slot] as number, contraryOf(fact));
    }
    this.touch(slot);
  }

  /** To be told of again, and judged when the group ends. */
  touch(slot: number): void {
    this.group.push(slot);
    this.touched.add(slot);
  }

  /** All facts of one record have been applied: what follows from it is so. */
  endGroup(): void {
    if (this.group.length === 0) return;
    for (const slot of this.group) this.judge(slot);
    this.group = [];
    while (this.settled.length - this.settledFrom > this.settledMax) this.letGoOldest();
  }

  retain(slot: number): void {
    this.holders[slot] = (this.holders[slot] as number) + 1;
  }
  giveUp(slot: number): void {
    this.holders[slot] = (this.holders[slot] as number) - 1;
    this.group.push(slot);
  }

  isOpen(slot: number): boolean {
    return this.ids[slot] !== undefined && this.settledAt[slot] === 0 && this.facts.sum(this.heads[slot] as number) > 0;
  }

  /** The facts that stand. */
  factsOf(slot: number): ReadonlyArray<LevelFact> {
    return this.facts.read(this.heads[slot] as number);
  }

  /** Slots of entities that changed since the last call; those of entities let go are not used again before the next. */
  takeTouched(): ReadonlyArray<number> {
    this.freeSlots = this.freeSlots.concat(this.released);
    this.released = [];
    if (this.touched.size === 0) return [];
    const touched = [...this.touched];
    this.touched = new Set();
    return touched;
  }

  *openSlots(): Generator<number> {
    for (const slot of this.slots.values()) if (this.isOpen(slot)) yield slot;
  }

  private judge(slot: number): void {
    if (this.ids[slot] === undefined) return;
    const sum = this.facts.sum(this.heads[slot] as number);
    const isHeld = (this.holders[slot] as number) > 0;
    if (sum > 0) this.settledAt[slot] = 0;
    else if (sum < 0 && !isHeld) this.release(slot);
    else if (sum < 0) {
      this.facts.release(this.heads[slot] as number);
      this.heads[slot] = -1;
    } else if (this.settledAt[slot] === 0) {
      this.settledCount += 1;
      this.settledAt[slot] = this.settledCount;
      this.settled.push([slot, this.settledCount]);
    }
  }

  private letGoOldest(): void {
    const [slot, at] = this.settled[this.settledFrom] as readonly [number, number];
    this.settledFrom += 1;
    if (this.settledFrom > settledMaxUsual) {
      this.settled = this.settled.slice(this.settledFrom);
      this.settledFrom = 0;
    }
    if (this.settledAt[slot] !== at || this.ids[slot] === undefined) return;
    if ((this.holders[slot] as number) === 0) this.release(slot);
    // Its last holder puts it back into the queue.
    else this.settledAt[slot] = 0;
  }

  private release(slot: number): void {
    this.onRelease(slot);
    this.facts.release(this.heads[slot] as number);
    this.slots.delete(this.ids[slot] as string);
    this.ids[slot] = undefined;
    this.heads[slot] = -1;
    this.settledAt[slot] = 0;
    this.touched.add(slot);
    this.released.push(slot);
  }
}

/** No fact has this id: it is taken back by none. */
const nobody = 0;

/** What must be there besides, where a fact that was not known of is taken back. */
const contraryOf = (fact: LevelFact): LevelFact => {
  const atMs = fact.cohortAtMs ?? fact.atMs;
  return { ...fact, hash: nobody, isPresent: true, count: 0 - fact.count, atMs };
};
