import type { LogPosition } from "../event-log.ts";
import type { Cluster } from "./cluster.ts";
import { fetchRequest, readFetched } from "./fetch.ts";
import { Interrupted, type OnInterrupted, pauseMs } from "./interrupted.ts";
import { boundsOnce } from "./list-offsets.ts";
import { refusal } from "./refusal.ts";
import { api } from "./wire/api.ts";
import { brokerError } from "./wire/broker-error.ts";
import type { Connection } from "./wire/connection.ts";

/** A broker answers a poll after this long at the latest, so that a poll nobody waits for any more ends soon. */
const pollMs = 500;
/** How often a position behind the end is looked at: a broker does not wait for such a one. */
const behindEndMs = 20;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Waits for data with long polls: the broker answers the moment something is there. A broker works on one request per
 * connection, so each poll holds a connection; waits for the same positions share one.
 */
export class DataWait {
  private readonly cluster: Cluster;
  private readonly onInterrupted: OnInterrupted;
  private readonly polls = new Map<string, Promise<boolean>>();
  private readonly idle = new Map<number, Connection[]>();
  private readonly held = new Set<Connection>();
  private readonly waits = new Set<() => void>();
  private closed = false;

  constructor(cluster: Cluster, onInterrupted: OnInterrupted) {
    this.cluster = cluster;
    this.onInterrupted = onInterrupted;
  }

  /** True once a partition has a record at or after its offset; false after `timeoutMs`, on abort, or on close. */
  async until(positions: ReadonlyArray<LogPosition>, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    for (const position of positions) {
      // A known place needs no broker here: a wait keeps its time also while none answers.
      const isKnown = position.partition < (this.cluster.knownPartitions(position.topic) ?? 0);
      if (!isKnown) await this.cluster.leader(position).catch(passOver);
    }
    if (signal?.aborted === true || timeoutMs <= 0) return false;
    const over = new AbortController();
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        over.abort();
        clearTimeout(timer);
        signal?.removeEventListener("abort", giveUp);
        this.waits.delete(giveUp);
      };
      const giveUp = (): void => {
        settle();
        resolve(false);
      };
      const timer = setTimeout(giveUp, Math.min(timeoutMs, 2_147_483_647));
      signal?.addEventListener("abort", giveUp, { once: true });
      this.waits.add(giveUp);
      const found = (): void => {
        settle();
        resolve(true);
      };
      const failed = (error: unknown): void => {
        settle();
        reject(error);
      };
      this.watch(positions, over.signal, found).catch(failed);
    });
  }

  close(): void {
    this.closed = true;
    for (const giveUp of [...this.waits]) giveUp();
    for (const connection of this.held) connection.close();
    this.held.clear();
    this.idle.clear();
  }

  /** Polls the leaders side by side until one finds data or the wait is over. */
  private async watch(positions: ReadonlyArray<LogPosition>, over: AbortSignal, found: () => void): Promise<void> {
    for (let attempt = 1; !over.aborted && positions.length > 0; attempt += 1) {
      let failed = false;
      try {
        const byNode = new Map<number, LogPosition[]>();
        for (const position of positions) {
          const node = await this.cluster.leader(position);
          const known = byNode.get(node);
          if (known === undefined) byNode.set(node, [position]);
          else known.push(position);
        }
        const polling = [...byNode].map(async ([node, places]) => {
          while (!over.aborted && !failed) {
            if (!(await this.poll(node, places))) continue;
            found();
            return;
          }
        });
        await Promise.all(polling);
        return;
      } catch (error) {
        failed = true;
        if (!(error instanceof Interrupted)) throw error;
        if (over.aborted) return;
        this.onInterrupted(error, attempt);
        for (const { topic } of positions) this.cluster.forget(topic);
        await sleep(pauseMs(attempt));
      }
    }
  }

  private poll(node: number, positions: ReadonlyArray<LogPosition>): Promise<boolean> {
    const name = `${node} ${positions.map(({ topic, partition, offset }) => `${topic}-${partition}@${offset}`).join()}`;
    const known = this.polls.get(name);
    if (known !== undefined) return known;
    const poll = this.ask(node, positions).finally(() => this.polls.delete(name));
    this.polls.set(name, poll);
    return poll;
  }

  private async ask(node: number, positions: ReadonlyArray<LogPosition>): Promise<boolean> {
    const connection = this.takeIdle(node) ?? (await this.cluster.ownConnection(node));
    if (this.closed) {
      // It was being opened when everything was closed: nobody else would close it.
      connection.close();
      return false;
    }
    this.held.add(connection);
    try {
      const request = fetchRequest(positions, { maxBytes: 1, minBytes: 1, maxWaitMs: pollMs });
      const timeoutMs = this.cluster.settings.requestTimeoutMs + pollMs;
      const fetched = readFetched(await connection.request(api.fetch, [request], timeoutMs));
      this.release(node, connection);
      if (fetched.some(({ bytes }) => bytes.length > 0)) return true;
      const odd = fetched.find(({ code }) => code !== brokerError.none);
      if (odd === undefined) return false;
      if (odd.code !== brokerError.offsetOutOfRange) {
        throw refusal(`Waiting for ${odd.topic}-${odd.partition}`, odd.code);
      }
      return await this.outOfRange(positions);
    } catch (error) {
      this.held.delete(connection);
      connection.close();
      throw error;
    }
  }

  /** An expired position has data after it; one behind the end is looked at again a little later. */
  private async outOfRange(positions: ReadonlyArray<LogPosition>): Promise<boolean> {
    const bounds = await boundsOnce(this.cluster, positions);
    if (positions.some(({ offset }, index) => offset < (bounds[index]?.start ?? 0))) return true;
    await sleep(behindEndMs);
    return false;
  }

  private takeIdle(node: number): Connection | undefined {
    const idle = this.idle.get(node) ?? [];
    for (let connection = idle.pop(); connection !== undefined; connection = idle.pop()) {
      if (connection.isOpen) return connection;
      this.held.delete(connection);
    }
    return undefined;
  }

  private release(node: number, connection: Connection): void {
    const idle = this.idle.get(node);
    if (!connection.isOpen) this.held.delete(connection);
    else if (idle === undefined) this.idle.set(node, [connection]);
    else idle.push(connection);
  }
}

/** Leaders that are missing now are waited for; unknown places are the caller's fault. */
const passOver = (error: unknown): void => {
  if (!(error instanceof Interrupted)) throw error;
};
