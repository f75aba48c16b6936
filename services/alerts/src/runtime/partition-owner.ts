import {
  type AlertCodec,
  type AlertRecord,
  alertsTopic,
  type NotificationPlanned,
  type NotificationSettled,
} from "@leadwire/events";
import type { EventLog } from "@leadwire/log";
import type { AlertPartition } from "./alert-partition.ts";
import type { OwnerDecisions, PartitionState } from "./partition-state.ts";
import { recordKey } from "./record-key.ts";

export interface PartitionOwnerOptions {
  readonly log: EventLog;
  readonly codec: AlertCodec;
  readonly place: AlertPartition;
  readonly ownerName: string;
  readonly generation: string;
  readonly nowMs: () => number;
  readonly decide: (state: PartitionState, epoch: number, partition: number) => OwnerDecisions;
  /** These plans stand in the log and count. Those whose end is unknown may come again, also while they are being sent. */
  readonly send: (partition: number, planned: ReadonlyArray<NotificationPlanned>) => void;
  /** Nothing of the partition is this process's to send any more. */
  readonly drop: (partition: number) => void;
  readonly onAppended: (records: ReadonlyArray<AlertRecord>) => void;
  readonly onNotice: (text: string) => void;
}

/** How a sending ended. */
export type Settlement = Omit<NotificationSettled, "epoch">;

/** So many claims at the same moment are no race any more. */
const claimsMax = 100;
/** Who was fenced and still has the partition by the group's word claims it again after this long. */
const reclaimMs = 3_000;
/** Endings of sendings wait so long for others, or for something else to write: they are no hurry, an append of alerts is. */
const lingerMs = 50;

const faultText = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

/**
 * Decides on one partition while it is this process's. What was decided is appended with the epoch of the claim, and
 * nothing is sent before it is certain that no later claim stands in front of it: an owner that was asleep, or cut off,
 * and wakes after another took over, writes records that do not count, sees so, and sends nothing.
 */
export class PartitionOwner {
  private readonly options: PartitionOwnerOptions;
  private decisions: OwnerDecisions | undefined;
  private claimOffset = -1;
  private settled: Array<Settlement> = [];
  private settleAtMs = Number.POSITIVE_INFINITY;
  /** One append, claim or reading at a time. */
  private work: Promise<void> | undefined;
  private isReleased = false;
  private reclaimAtMs = Number.POSITIVE_INFINITY;

  constructor(options: PartitionOwnerOptions) {
    this.options = options;
    options.place.isHeld = true;
  }

  /** Whether the partition is this process's, by all that it knows. */
  get isOwner(): boolean {
    return this.decisions !== undefined;
  }

  get nextDueMs(): number {
    if (this.work !== undefined) return Number.POSITIVE_INFINITY;
    if (this.decisions === undefined) return this.reclaimAtMs;
    return Math.min(this.decisions.nextDueMs(), this.settled.length === 0 ? Number.POSITIVE_INFINITY : this.settleAtMs);
  }

  /** Takes the partition over. */
  claim(): Promise<void> {
    return this.busy(() => this.claimNow());
  }

  /** How a sending ended: written down with the next step. */
  settle(settlement: Settlement): void {
    if (this.decisions === undefined) return;
    if (this.settled.length === 0) this.settleAtMs = this.options.nowMs() + lingerMs;
    this.settled.push(settlement);
  }

  /** Decides at once, and appends what follows: resolves after that. Undefined where there is nothing to wait for. */
  turn(isLive: boolean): Promise<void> | undefined {
    const { place, nowMs } = this.options;
    if (this.work !== undefined || this.isReleased) return undefined;
    if (place.isBehind) return this.busy(() => this.follow());
    const { decisions } = this;
    if (decisions === undefined) return nowMs() < this.reclaimAtMs ? undefined : this.claim();
    const atMs = nowMs();
    const decided = decisions.step(atMs, isLive);
    if (decided.length === 0 && (this.settled.length === 0 || atMs < this.settleAtMs)) return undefined;
    const records = [...this.settledRecords(), ...decided];
    return this.busy(() => this.write(records));
  }

  /** Ends what is in hand and gives the partition up. What was sent meanwhile is said: the next owner does not send it again. */
  async release(): Promise<void> {
    this.isReleased = true;
    await this.work?.catch(() => undefined);
    if (this.decisions !== undefined && this.settled.length > 0) await this.write(this.settledRecords());
    this.lose();
    this.options.place.isHeld = false;
  }

  private settledRecords(): ReadonlyArray<AlertRecord> {
    const { epoch } = this.options.place.fold;
    return this.settled.map((settlement) => ({ name: "notification-settled", record: { ...settlement, epoch } }));
  }

  private busy(work: () => Promise<void>): Promise<void> {
    const running = work().finally(() => {
      this.work = undefined;
    });
    this.work = running;
    return running;
  }

  private async claimNow(): Promise<void> {
    const { place, ownerName, generation, nowMs } = this.options;
    this.reclaimAtMs = Number.POSITIVE_INFINITY;
    for (let claims = 0; claims < claimsMax; claims += 1) {
      await place.readToEnd();
      const record = { epoch: place.fold.epoch + 1, owner: ownerName, generation, claimed_at: nowMs() };
      const [offset = -1] = await this.append([{ name: "alerts-claimed", record }]);
      await place.readUpTo(offset + 1);
      // Else another claim of the same moment has taken the epoch, and this one does not count.
      if (place.fold.claimOffset === offset) {
        this.claimOffset = offset;
        this.begin();
        return;
      }
    }
    throw new Error(`${alertsTopic}-${place.partition} was claimed by others ${claimsMax} times over.`);
  }

  private begin(): void {
    const { place, decide } = this.options;
    this.decisions?.end();
    this.decisions = undefined;
    if (this.isReleased) return;
    this.decisions = decide(place.state, place.fold.epoch, place.partition);
    this.sendUnsettled();
  }

  private sendUnsettled(): void {
    const { place, send } = this.options;
    const sent = new Set(this.settled.map(({ key }) => key));
    const unsettled = place.state.unsettled().filter(({ key }) => !sent.has(key));
    if (unsettled.length > 0) send(place.partition, unsettled);
  }

  /** Appends what was decided; has it sent once it is certain that it counts. */
  private async write(records: ReadonlyArray<AlertRecord>): Promise<void> {
    const { place, onAppended, onNotice, send } = this.options;
    const settledUpTo = this.settled.length;
    const expected = place.fold.nextOffset;
    let offsets: ReadonlyArray<number>;
    try {
      offsets = await this.append(records);
    } catch (fault) {
      onNotice(`Alerts could not be written, and are decided on again: ${faultText(fault)}`);
      // Nobody knows whether it is in the log: what the log says is what counts.
      await place.readToEnd();
      if (place.fold.claimOffset === this.claimOffset) this.begin();
      else this.fenced();
      return;
    }
    if (offsets.every((offset, n) => offset === expected + n)) place.fold.applyWritten(records);
    else await place.readUpTo(Math.max(...offsets) + 1);
    if (place.fold.claimOffset !== this.claimOffset) return this.fenced();
    this.settled.splice(0, settledUpTo);
    onAppended(records);
    const planned = records.flatMap((each) => (each.name === "notification-planned" ? [each.record] : []));
    if (planned.length > 0) send(place.partition, planned);
  }

  /** Reads what others wrote: silences, acknowledgements, or a claim that ends this ownership. */
  private async follow(): Promise<void> {
    const { place } = this.options;
    await place.catchUp();
    if (this.decisions === undefined) return;
    if (place.fold.claimOffset !== this.claimOffset) this.fenced();
    // An append that seemed to have failed may be found here.
    else this.sendUnsettled();
  }

  private fenced(): void {
    const { place, nowMs, onNotice } = this.options;
    onNotice(`Another process decides on the alerts of partition ${place.partition} from here on.`);
    this.reclaimAtMs = nowMs() + reclaimMs;
    this.lose();
  }

  private lose(): void {
    const { place, drop } = this.options;
    this.decisions?.end();
    this.decisions = undefined;
    this.settled = [];
    drop(place.partition);
  }

  private async append(records: ReadonlyArray<AlertRecord>): Promise<ReadonlyArray<number>> {
    const { log, codec, place } = this.options;
    const positions = await log.append(
      records.map((record) => ({
        topic: alertsTopic,
        partition: place.partition,
        key: recordKey(record),
        value: codec.encodeAlert(record),
      })),
    );
    return positions.map(({ offset }) => offset);
  }
}
