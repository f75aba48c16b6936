import type { Anchor } from "./open-entities.ts";

/** So many of a lead's last activities are held: where the last one is taken back, the one before counts. */
const keptMax = 4;

interface Activity extends Anchor {
  readonly hash: number;
}

const kept: ReadonlyArray<Activity> = [];

/** The last things that people did with leads, by the lead's slot. */
export class HumanActivities {
  private readonly bySlot: Array<ReadonlyArray<Activity> | undefined> = [];

  /** Newest first. */
  of(slot: number): ReadonlyArray<Anchor> {
    return this.bySlot[slot] ?? kept;
  }

  /** Says whether it changed what is held. */
  put(slot: number, activity: Activity): boolean {
    const held = this.bySlot[slot] ?? kept;
    const others = held.filter(({ hash }) => hash !== activity.hash);
    const oldest = others.at(-1);
    if (oldest !== undefined && others.length >= keptMax && oldest.atMs >= activity.atMs) return false;
    this.bySlot[slot] = [...others, activity].sort((a, b) => b.atMs - a.atMs || a.hash - b.hash).slice(0, keptMax);
    return true;
  }

  takeBack(slot: number, hash: number): boolean {
    const held = this.bySlot[slot] ?? kept;
    if (!held.some((activity) => activity.hash === hash)) return false;
    this.bySlot[slot] = held.filter((activity) => activity.hash !== hash);
    return true;
  }

  forget(slot: number): void {
    this.bySlot[slot] = undefined;
  }
}
