import type { AlertAcknowledged, AlertChanged, AlertRecord, AlertsClaimed } from "@leadwire/events";
import { type AlertState, isAlive, stateAfter } from "./alert-state.ts";

/** What is still known of episodes that have ended: enough for no later one to take their transitions' ids. */
interface EndedEpisodes {
  readonly startedMsMax: number;
  readonly ordinalMax: number;
}

/** An alert's, and the end of its newest. */
interface EndedAlert extends EndedEpisodes {
  readonly lastStartedMs: number;
  readonly lastOrdinal: number;
}

const none: EndedEpisodes = { startedMsMax: -Infinity, ordinalMax: -1 };

const widened = (a: EndedEpisodes, b: EndedEpisodes): EndedEpisodes => ({
  startedMsMax: Math.max(a.startedMsMax, b.startedMsMax),
  ordinalMax: Math.max(a.ordinalMax, b.ordinalMax),
});

const episodeOf = ({ record, ordinal }: AlertState): EndedEpisodes => ({
  startedMsMax: record.started_at,
  ordinalMax: ordinal,
});

const ordinalAfter = ({ startedMsMax, ordinalMax }: EndedEpisodes, startedMs: number): number =>
  startedMs <= startedMsMax ? ordinalMax + 1 : 0;

/** Alerts whose episodes are remembered after their end, per partition: some 10 MB at most. */
const endedEpisodesMax = 50_000;

/**
 * The alerts of one partition of `leadwire.alerts`: the fold of its records in their order, the same for whoever reads
 * them. Records of an owner that a later claim has replaced do not count.
 */
export class AlertBook {
  /** The newest claim that counts; null where nobody has claimed the partition yet. */
  claim: AlertsClaimed | null = null;
  /** What the owner before decided on; null where there was none. */
  formerGeneration: string | null = null;
  private readonly states = new Map<string, AlertState>();
  private readonly acks = new Map<string, AlertAcknowledged>();
  /** In the order of their ends. */
  private readonly ended = new Map<string, EndedAlert>();
  /** Over all that are forgotten. */
  private forgotten = none;
  private readonly rememberedMax: number;

  constructor(rememberedMax = endedEpisodesMax) {
    this.rememberedMax = rememberedMax;
  }

  /** The highest epoch claimed; 0 before any. */
  get epoch(): number {
    return this.claim?.epoch ?? 0;
  }

  /**
   * Takes the partition's next record. Whether it counts: all that follow the partition take only those that do. A claim
   * that does not has lost to one with the same epoch before it.
   */
  apply({ name, record }: AlertRecord): boolean {
    switch (name) {
      case "alerts-claimed":
        return this.applyClaim(record);
      case "alert-changed":
        return record.epoch >= this.epoch && this.applyChange(record);
      case "notification-planned":
      case "notification-settled":
        return record.epoch >= this.epoch;
      case "alert-acknowledged":
        return this.applyAcknowledgement(record);
      case "alerts-silenced":
      case "resend-requested":
        return true;
    }
  }

  /** The alert's state while its episode goes on. */
  alert(fingerprint: string): AlertState | undefined {
    return this.states.get(fingerprint);
  }

  /** Everything pending or firing. */
  alive(): Iterable<AlertState> {
    return this.states.values();
  }

  get aliveCount(): number {
    return this.states.size;
  }

  /** Who looks after the alert in this episode. */
  acknowledgement(fingerprint: string): AlertAcknowledged | undefined {
    return this.acks.get(fingerprint);
  }

  /**
   * The ordinal that an episode beginning at that instant begins with: 0, unless one that has ended may have begun there,
   * too (a lead's answer was taken back; a rule was removed and is here again). `ahead`: ends that are not in the log yet.
   */
  firstOrdinal(fingerprint: string, startedMs: number, ahead: ReadonlyArray<AlertState> = []): number {
    const ended = ahead.map(episodeOf).reduce(widened, this.ended.get(fingerprint) ?? none);
    return Math.max(ordinalAfter(ended, startedMs), ordinalAfter(this.forgotten, startedMs));
  }

  private applyClaim(claim: AlertsClaimed): boolean {
    if (claim.epoch <= this.epoch) return false;
    this.formerGeneration = this.claim?.generation ?? null;
    this.claim = claim;
    return true;
  }

  private applyChange(record: AlertChanged): boolean {
    const { fingerprint } = record;
    const state = stateAfter(record);
    if (this.isKnown(state)) return false;
    if (isAlive(record)) {
      this.states.set(fingerprint, state);
      return true;
    }
    this.states.delete(fingerprint);
    this.acks.delete(fingerprint);
    this.remember(state);
    return true;
  }

  /** A log may keep twice what was sent to it twice. */
  private isKnown({ record: { fingerprint, started_at }, ordinal }: AlertState): boolean {
    const alive = this.states.get(fingerprint);
    if (alive !== undefined) return alive.record.started_at === started_at && ordinal <= alive.ordinal;
    const ended = this.ended.get(fingerprint);
    return ended !== undefined && ended.lastStartedMs === started_at && ordinal <= ended.lastOrdinal;
  }

  /** One that nobody has heard of, or that has ended, is told to nobody: there is nothing to look after. */
  private applyAcknowledgement(record: AlertAcknowledged): boolean {
    if (!this.states.has(record.fingerprint)) return false;
    this.acks.set(record.fingerprint, record);
    return true;
  }

  private remember(last: AlertState): void {
    const { fingerprint, started_at } = last.record;
    const episodes = widened(this.ended.get(fingerprint) ?? none, episodeOf(last));
    this.ended.delete(fingerprint);
    this.ended.set(fingerprint, { ...episodes, lastStartedMs: started_at, lastOrdinal: last.ordinal });
    if (this.ended.size <= this.rememberedMax) return;
    const oldest = this.ended.entries().next().value;
    if (oldest === undefined) return;
    this.ended.delete(oldest[0]);
    this.forgotten = widened(this.forgotten, oldest[1]);
  }
}
