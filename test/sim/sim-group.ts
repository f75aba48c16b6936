import type { AssignmentListener, Partition } from "@leadwire/log";
import type { Machine, Scheduler } from "./scheduler.ts";

export const sessionMs = 120;
const rebalanceTimeoutMs = 200;

interface Member {
  readonly machine: Machine;
  readonly listener: AssignmentListener;
  readonly onFault: (cause: unknown) => void;
  readonly onJoined: () => void;
  held: ReadonlyArray<Partition>;
  /** Changes are told one after another. */
  turn: Promise<void>;
  /** The last round of the group that it has given everything back for. */
  joinedRound: number;
  isLeaving: boolean;
  /** Aborted when what was given last is wanted back. */
  recall: AbortController;
}

/**
 * A consumer group as Kafka keeps it: eager rebalances, sessions that time out. Who is thrown out is told later, if it
 * still lives, and goes on writing until then.
 */
export class SimGroup {
  rebalances = 0;
  private readonly scheduler: Scheduler;
  private readonly network: Machine;
  private readonly partitions: ReadonlyArray<Partition>;
  private members: Array<Member> = [];
  private round = 0;
  private isOpen = false;

  constructor(scheduler: Scheduler, network: Machine, partitions: ReadonlyArray<Partition>) {
    this.scheduler = scheduler;
    this.network = network;
    this.partitions = partitions;
  }

  /** Resolves with the first partitions; a group that has fewer partitions than members gives some none. */
  join(
    machine: Machine,
    listener: AssignmentListener,
    onFault: (cause: unknown) => void,
  ): Promise<() => Promise<void>> {
    return new Promise((resolve) => {
      const member: Member = {
        machine,
        listener,
        onFault,
        onJoined: () => resolve(() => this.leave(member)),
        held: [],
        turn: Promise.resolve(),
        joinedRound: -1,
        isLeaving: false,
        recall: new AbortController(),
      };
      this.members.push(member);
      this.rebalance();
    });
  }

  /** Begins a rebalance: everyone gives everything back first. */
  rebalance(): void {
    this.round += 1;
    this.rebalances += 1;
    const { round } = this;
    this.isOpen = true;
    for (const member of this.members) this.askBack(member, round);
    this.scheduler.later(this.network, rebalanceTimeoutMs, () => {
      if (round === this.round && this.isOpen) this.close(round);
    });
  }

  /** The coordinator has not heard of a machine's members for a session; they learn of it late or never. */
  evict(machine: Machine): void {
    const gone = this.members.filter((member) => member.machine === machine);
    if (gone.length === 0) return;
    this.members = this.members.filter((member) => member.machine !== machine);
    for (const member of gone) {
      // It hears of it with its next heartbeat, and joins again.
      this.scheduler.later(machine, this.scheduler.random.whole(0, sessionMs), () => this.rejoin(member));
    }
    this.rebalance();
  }

  /** Whether no rebalance is under way. */
  get isSteady(): boolean {
    return !this.isOpen;
  }

  private rejoin(member: Member): void {
    if (member.isLeaving) return;
    member.recall.abort();
    this.inTurn(member, async () => {
      await this.takeBack(member);
      this.members.push(member);
      this.rebalance();
    });
  }

  private askBack(member: Member, round: number): void {
    this.scheduler.later(member.machine, this.scheduler.random.pick([0, 0, 5, 20]), () => {
      if (round !== this.round) return;
      member.recall.abort();
      this.inTurn(member, async () => {
        if (!this.members.includes(member) || round !== this.round) return;
        await this.takeBack(member);
        await this.scheduler.turn(member.machine);
        member.joinedRound = round;
        if (round === this.round && this.isOpen && this.members.every(({ joinedRound }) => joinedRound === round)) {
          this.close(round);
        }
      });
    });
  }

  private async takeBack(member: Member): Promise<void> {
    const { held } = member;
    member.held = [];
    if (held.length > 0) await member.listener.onRevoked(held);
  }

  /** Gives the partitions to those who came; who did not is out. */
  private close(round: number): void {
    this.isOpen = false;
    const late = this.members.filter(({ joinedRound }) => joinedRound !== round);
    this.members = this.members.filter(({ joinedRound }) => joinedRound === round);
    for (const member of late) {
      this.scheduler.later(member.machine, this.scheduler.random.whole(0, 50), () => this.rejoin(member));
    }
    const shares = this.share();
    this.members.forEach((member, index) => {
      this.scheduler.later(member.machine, this.scheduler.random.pick([0, 0, 10]), () => {
        this.inTurn(member, async () => {
          if (member.isLeaving || !this.members.includes(member) || round !== this.round) return;
          member.held = shares[index] ?? [];
          member.recall = new AbortController();
          if (member.held.length > 0) await member.listener.onAssigned(member.held, member.recall.signal);
          member.onJoined();
        });
      });
    });
  }

  private share(): ReadonlyArray<ReadonlyArray<Partition>> {
    const shares = this.members.map((): Array<Partition> => []);
    const first = this.scheduler.random.whole(0, 7);
    this.partitions.forEach((place, n) => {
      shares[(first + n) % Math.max(shares.length, 1)]?.push(place);
    });
    return shares;
  }

  private async leave(member: Member): Promise<void> {
    member.isLeaving = true;
    await member.turn;
    await this.takeBack(member);
    await this.scheduler.turn(member.machine);
    if (!this.members.includes(member)) return;
    this.members = this.members.filter((other) => other !== member);
    this.rebalance();
  }

  private inTurn(member: Member, work: () => Promise<void>): void {
    member.turn = member.turn.then(work).catch((cause: unknown) => member.onFault(cause));
  }
}
