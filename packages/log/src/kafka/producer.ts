import { BrokerRefused, LogClosed } from "../log-fault.ts";
import type { Cluster } from "./cluster.ts";
import { Interrupted, type OnInterrupted, pauseMs, untilDone } from "./interrupted.ts";
import { Lane, type OutBatch } from "./lane.ts";
import { newProducerId, type Produced, produceRequest, readProduced, type Sending } from "./produce.ts";
import { type ProducerId, sequenceAfter, stampProduced } from "./producer-stamp.ts";
import { refusal } from "./refusal.ts";
import { api } from "./wire/api.ts";
import { brokerError } from "./wire/broker-error.ts";

/** About how much one request carries. */
const requestBytesMax = 16 * 1_048_576;

/** The broker does not know our sequence (its state expired, or its disk lost it): only a new id can go on. */
const sequenceLost: ReadonlySet<number> = new Set([
  brokerError.outOfOrderSequence,
  brokerError.unknownProducerId,
  brokerError.invalidProducerEpoch,
]);

/**
 * Sends what the lanes hold: one request at a time per broker, one batch per partition in it. What arrives meanwhile
 * gathers for the next request, so batches grow with the load. A batch whose answer got lost is sent again with the same
 * producer id and sequence, and the broker writes it once.
 */
export class Producer {
  private readonly cluster: Cluster;
  private readonly onInterrupted: OnInterrupted;
  private readonly lanes = new Map<string, Lane>();
  private readonly ready = new Set<Lane>();
  private readonly busyNodes = new Set<number>();
  private shared: Promise<ProducerId> | undefined;
  private pumping = false;
  private closed = false;
  private onDrained: (() => void) | undefined;

  constructor(cluster: Cluster, onInterrupted: OnInterrupted) {
    this.cluster = cluster;
    this.onInterrupted = onInterrupted;
  }

  lane(topic: string, partition: number): Lane {
    const name = `${topic}-${partition}`;
    let lane = this.lanes.get(name);
    if (lane === undefined) {
      lane = new Lane(topic, partition);
      this.lanes.set(name, lane);
    }
    return lane;
  }

  /** Says that a lane has something to send. What is said in one turn of the event loop leaves together. */
  wake(lane: Lane): void {
    if (!lane.busy) this.ready.add(lane);
    if (this.pumping) return;
    this.pumping = true;
    setImmediate(() => {
      this.pumping = false;
      this.pump();
    });
  }

  /** Resolves when everything is written, or after `waitMs`: what is left then rejects LogClosed. */
  async close(waitMs: number): Promise<void> {
    if (!this.isDrained) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        this.onDrained = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.closed = true;
    for (const lane of this.lanes.values()) lane.rejectAll(new LogClosed());
  }

  private get isDrained(): boolean {
    for (const lane of this.lanes.values()) if (!lane.isEmpty) return false;
    return true;
  }

  private pump(): void {
    const byNode = new Map<number, Lane[]>();
    for (const lane of this.ready) {
      const node = lane.producer === undefined ? undefined : this.cluster.knownLeader(lane);
      if (node === undefined) {
        this.ready.delete(lane);
        lane.busy = true;
        void this.prepare(lane);
      } else if (!this.busyNodes.has(node)) {
        const lanes = byNode.get(node);
        if (lanes === undefined) byNode.set(node, [lane]);
        else lanes.push(lane);
      }
    }
    for (const [node, lanes] of byNode) {
      this.busyNodes.add(node);
      void this.send(node, this.take(lanes)).finally(() => {
        this.busyNodes.delete(node);
        this.pump();
      });
    }
  }

  /** Finds out who leads the lane's partition and under which id to write. */
  private async prepare(lane: Lane): Promise<void> {
    const isOver = (): boolean => this.closed;
    try {
      await untilDone(() => this.cluster.leader(lane), isOver, this.onInterrupted);
      if (lane.producer === undefined) {
        const fresh = (): Promise<ProducerId> =>
          untilDone(() => newProducerId(this.cluster), isOver, this.onInterrupted);
        if (!lane.needsOwnProducer) this.shared ??= fresh();
        lane.producer = await (lane.needsOwnProducer ? fresh() : this.shared);
        lane.sequence = 0;
      }
    } catch (error) {
      this.shared = undefined;
      this.giveUp(lane, error);
      return;
    }
    this.goOn(lane);
  }

  /** The first batch of each lane, stamped, up to what one request carries. */
  private take(lanes: ReadonlyArray<Lane>): ReadonlyArray<Sending> {
    const sendings: Sending[] = [];
    let requestBytes = 0;
    for (const lane of lanes) {
      const first = lane.first();
      if (first === undefined || lane.producer === undefined) {
        this.ready.delete(lane);
        continue;
      }
      if (requestBytes > 0 && requestBytes + first.bytes.length > requestBytesMax) continue;
      requestBytes += first.bytes.length;
      this.ready.delete(lane);
      lane.busy = true;
      stampProduced(first.bytes, lane.producer, lane.sequence);
      sendings.push({ lane, topic: lane.topic, partition: lane.partition, bytes: first.bytes });
    }
    return sendings;
  }

  private async send(node: number, sendings: ReadonlyArray<Sending>): Promise<void> {
    if (sendings.length === 0) return;
    const { requestTimeoutMs } = this.cluster.settings;
    try {
      const connection = await this.cluster.connection(node, "produce");
      const parts = produceRequest(sendings, Math.ceil(requestTimeoutMs / 2));
      const produced = readProduced(await connection.request(api.produce, parts, requestTimeoutMs));
      for (const { lane } of sendings) this.settle(lane, produced.get(`${lane.topic}-${lane.partition}`));
    } catch (error) {
      for (const { lane } of sendings) {
        if (error instanceof Interrupted) this.tryAgain(lane, error);
        else this.giveUp(lane, error);
      }
    }
  }

  private settle(lane: Lane, produced: Produced | undefined): void {
    const place = `${lane.topic}-${lane.partition}`;
    if (produced === undefined) {
      this.tryAgain(lane, new Interrupted(`The broker did not answer for ${place}.`));
      return;
    }
    if (produced.code === brokerError.none) {
      const batch = lane.shift();
      if (batch !== undefined) this.written(lane, batch, produced.baseOffset);
      this.goOn(lane);
      return;
    }
    if (sequenceLost.has(produced.code)) {
      lane.producer = undefined;
      lane.needsOwnProducer = true;
      this.tryAgain(lane, new Interrupted(`The broker has lost the sequence of ${place}; a new one begins.`));
      return;
    }
    const fault = refusal(`An append to ${place}`, produced.code);
    if (fault instanceof BrokerRefused) {
      // A refused batch takes no place in the sequence: the next one has its number.
      lane.shift()?.reject(fault);
      this.goOn(lane);
    } else this.tryAgain(lane, new Interrupted(fault.message));
  }

  private written(lane: Lane, batch: OutBatch, baseOffset: number): void {
    lane.sequence = sequenceAfter(lane.sequence, batch.count);
    batch.resolve(baseOffset);
  }

  private tryAgain(lane: Lane, fault: Interrupted): void {
    this.cluster.forget(lane.topic);
    lane.attempt += 1;
    this.onInterrupted(fault, lane.attempt);
    setTimeout(() => this.goOn(lane), pauseMs(lane.attempt));
  }

  /** Whether what is rejected here was written is unknown. The next batch must not take its sequence: a broker that has
   * it would take the two for one. */
  private giveUp(lane: Lane, error: unknown): void {
    lane.producer = undefined;
    lane.needsOwnProducer = true;
    lane.rejectAll(error);
    this.goOn(lane);
  }

  private goOn(lane: Lane): void {
    lane.busy = false;
    if (!lane.isEmpty && !this.closed) this.wake(lane);
    else if (this.onDrained !== undefined && this.isDrained) this.onDrained();
  }
}
