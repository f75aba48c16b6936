import type { Membership } from "./membership.ts";

interface Group {
  readonly members: Map<string, Membership>;
  /** Not before this instant is anything to be done, unless it is changed. */
  dueMs: number;
}

/** All groups with something to tell or to repeat, and when to look at which. What has nothing due costs nothing. */
export class GroupIndex {
  readonly #groups = new Map<string, Group>();
  readonly #groupIdsOf = new Map<string, ReadonlyArray<string>>();
  readonly #changed = new Set<string>();
  /** At or before the first `dueMs` of all. */
  #earliestMs = Number.POSITIVE_INFINITY;

  /** The alert is in these groups, and in no others. */
  place(fingerprint: string, memberships: ReadonlyArray<Membership>): void {
    for (const id of this.#groupIdsOf.get(fingerprint) ?? []) this.#remove(id, fingerprint);
    for (const membership of memberships) {
      const group = this.#groups.get(membership.groupId) ?? { members: new Map(), dueMs: Number.POSITIVE_INFINITY };
      group.members.set(fingerprint, membership);
      this.#groups.set(membership.groupId, group);
      this.#changed.add(membership.groupId);
    }
    if (memberships.length === 0) this.#groupIdsOf.delete(fingerprint);
    else {
      const ids = memberships.map(({ groupId }) => groupId);
      this.#groupIdsOf.set(fingerprint, ids);
    }
  }

  members(groupId: string): ReadonlyMap<string, Membership> | undefined {
    return this.#groups.get(groupId)?.members;
  }

  /** Something about the group is otherwise than when it was looked at last. */
  touch(groupId: string): void {
    if (this.#groups.has(groupId)) this.#changed.add(groupId);
  }

  touchAll(): void {
    for (const id of this.#groups.keys()) this.#changed.add(id);
  }

  /** The groups to look at now, in an order that does not depend on how they came to be. Each has to be scheduled then. */
  takeDue(nowMs: number): ReadonlyArray<string> {
    if (this.#changed.size === 0 && nowMs < this.#earliestMs) return [];
    const due = new Set(this.#changed);
    this.#changed.clear();
    if (nowMs >= this.#earliestMs) {
      this.#earliestMs = Number.POSITIVE_INFINITY;
      for (const [id, { dueMs }] of this.#groups) {
        if (dueMs <= nowMs) due.add(id);
        else this.#earliestMs = Math.min(this.#earliestMs, dueMs);
      }
    }
    return [...due].sort();
  }

  schedule(groupId: string, dueMs: number): void {
    const group = this.#groups.get(groupId);
    if (group === undefined) return;
    group.dueMs = dueMs;
    this.#earliestMs = Math.min(this.#earliestMs, dueMs);
  }

  /** 0 where some group has changed; Infinity where nothing comes by time. */
  nextDueMs(): number {
    return this.#changed.size > 0 ? 0 : this.#earliestMs;
  }

  #remove(groupId: string, fingerprint: string): void {
    const group = this.#groups.get(groupId);
    if (group === undefined) return;
    group.members.delete(fingerprint);
    if (group.members.size > 0) this.#changed.add(groupId);
    else {
      this.#groups.delete(groupId);
      this.#changed.delete(groupId);
    }
  }
}
