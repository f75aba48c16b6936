import type { AssignmentListener, Partition } from "../event-log.ts";
import { share } from "../share.ts";

interface Member {
  readonly topics: ReadonlySet<string>;
  readonly listener: AssignmentListener;
  /** What it holds now, by name. */
  held: ReadonlyMap<string, Partition>;
}

interface Group {
  readonly members: Member[];
  /** Changes of membership run one after another. */
  turn: Promise<void>;
}

const nameOf = ({ topic, partition }: Partition): string => `${topic}-${partition}`;

/**
 * Shares partitions among the members of a group within one process (share.ts; their ids are the order of joining). A
 * change first takes partitions back, from everyone, and then gives them: none has two owners.
 */
export class ConsumerGroups {
  private readonly groups = new Map<string, Group>();
  private readonly partitionsOf: (topic: string) => ReadonlyArray<Partition>;

  constructor(partitionsOf: (topic: string) => ReadonlyArray<Partition>) {
    this.partitionsOf = partitionsOf;
  }

  /** Resolves, once this member has its partitions, to what leaves the group. A listener that rejects fails the join. */
  async join(
    groupName: string,
    topics: ReadonlyArray<string>,
    listener: AssignmentListener,
  ): Promise<() => Promise<void>> {
    for (const topic of topics) this.partitionsOf(topic);
    const group = this.groups.get(groupName) ?? { members: [], turn: Promise.resolve() };
    this.groups.set(groupName, group);
    const member: Member = { topics: new Set(topics), listener, held: new Map() };
    try {
      await this.change(group, () => group.members.push(member));
    } catch (error) {
      await this.leave(group, member).catch(() => undefined);
      throw error;
    }
    return () => this.leave(group, member);
  }

  /** Takes every partition back. */
  async close(): Promise<void> {
    const groups = [...this.groups.values()];
    await Promise.all(groups.map((group) => this.change(group, () => group.members.splice(0))));
  }

  private leave(group: Group, member: Member): Promise<void> {
    return this.change(group, () => {
      const index = group.members.indexOf(member);
      if (index >= 0) group.members.splice(index, 1);
    });
  }

  private change(group: Group, edit: () => unknown): Promise<void> {
    const turn = group.turn.then(async () => {
      const before = [...group.members];
      edit();
      await this.rebalance(group.members, new Set([...before, ...group.members]));
    });
    // A failed change is told to who made it; the next one goes on from what members hold.
    group.turn = turn.catch(() => undefined);
    return turn;
  }

  private async rebalance(members: ReadonlyArray<Member>, concerned: ReadonlySet<Member>): Promise<void> {
    const wanted = this.share(members);
    const changes = [...concerned].map((member) => {
      const next = wanted.get(member) ?? new Map<string, Partition>();
      const lost = [...member.held].filter(([name]) => !next.has(name)).map(([, partition]) => partition);
      const gained = [...next].filter(([name]) => !member.held.has(name)).map(([, partition]) => partition);
      return { member, next, lost, gained };
    });
    const revoked = changes.map(({ member, lost }) => (lost.length > 0 ? member.listener.onRevoked(lost) : undefined));
    const afterRevoking = await Promise.allSettled(revoked);
    for (const { member, next } of changes) member.held = next;
    const assigned = changes.map(({ member, next, gained, lost }) => {
      const isConcerned = gained.length + lost.length > 0 || next.size === 0;
      return isConcerned && members.includes(member) ? member.listener.onAssigned(gained) : undefined;
    });
    const afterAssigning = await Promise.allSettled(assigned);
    const failed = [...afterRevoking, ...afterAssigning].find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  }

  private share(members: ReadonlyArray<Member>): Map<Member, Map<string, Partition>> {
    const subscribers = members.map(({ topics, listener }, order) => ({
      memberId: String(order).padStart(6, "0"),
      topics: [...topics],
      copies: listener.copies?.() ?? [],
    }));
    const shares = share(subscribers, (topic) => this.partitionsOf(topic).length);
    return new Map(
      members.map((member, order) => {
        const given = shares.get(subscribers[order]?.memberId ?? "") ?? [];
        return [member, new Map(given.map((partition) => [nameOf(partition), partition]))];
      }),
    );
  }
}
