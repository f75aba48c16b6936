import type { LogChunk, LogPosition, Partition } from "../event-log.ts";
import type { Cluster } from "./cluster.ts";
import { type AskNode, fetchOnce } from "./fetch.ts";
import { FetchTogether } from "./fetch-together.ts";
import { type OnInterrupted, untilDone } from "./interrupted.ts";
import { api } from "./wire/api.ts";

interface Ahead {
  readonly offset: number;
  readonly maxBytes: number;
  readonly chunk: Promise<LogChunk>;
}

/**
 * Reads partitions, and keeps one fetch per partition ahead of a reader that has more to read, so that the broker works
 * while the reader does. What is ahead is bounded: at most one chunk per partition, and `aheadMax` partitions.
 */
export class Reader {
  private readonly cluster: Cluster;
  private readonly ask: AskNode;
  private readonly onInterrupted: OnInterrupted;
  private readonly ahead = new Map<string, Ahead>();
  private readonly aheadMax: number;

  constructor(cluster: Cluster, aheadMax: number, onInterrupted: OnInterrupted) {
    this.cluster = cluster;
    const together = new FetchTogether(async (node, request) => {
      const connection = await cluster.connection(node, "fetch");
      return connection.request(api.fetch, [request], cluster.settings.requestTimeoutMs);
    });
    this.ask = (node, position, maxBytes) => together.ask(node, position, maxBytes);
    this.aheadMax = aheadMax;
    this.onInterrupted = onInterrupted;
  }

  async read({ topic, partition }: Partition, offset: number, maxBytes: number): Promise<LogChunk> {
    const name = `${topic}-${partition}`;
    const position = { topic, partition, offset };
    const chunk = (await this.takeAhead(name, offset, maxBytes)) ?? (await this.fetch(position, maxBytes));
    if (chunk.nextOffset > offset && chunk.nextOffset < chunk.endOffset)
      this.fetchAhead(name, position, chunk, maxBytes);
    return chunk;
  }

  clear(): void {
    this.ahead.clear();
  }

  private fetch(position: LogPosition, maxBytes: number): Promise<LogChunk> {
    return untilDone(
      () => fetchOnce(this.cluster, this.ask, position, maxBytes),
      () => this.cluster.isClosed,
      this.onInterrupted,
    );
  }

  /**
   * What was fetched for this very place. A fetch ahead that failed is made again, and so is one that reached the end: it
   * was asked before the reader asked, and what it took for the end may hide a record acknowledged since.
   */
  private async takeAhead(name: string, offset: number, maxBytes: number): Promise<LogChunk | undefined> {
    const ahead = this.ahead.get(name);
    if (ahead === undefined) return undefined;
    this.ahead.delete(name);
    if (ahead.offset !== offset || ahead.maxBytes !== maxBytes) return undefined;
    const chunk = await ahead.chunk.catch(() => undefined);
    return chunk === undefined || chunk.nextOffset >= chunk.endOffset ? undefined : chunk;
  }

  private fetchAhead(name: string, position: LogPosition, { nextOffset }: LogChunk, maxBytes: number): void {
    if (this.ahead.size >= this.aheadMax) {
      const [oldest] = this.ahead.keys();
      if (oldest !== undefined) this.ahead.delete(oldest);
    }
    const chunk = fetchOnce(this.cluster, this.ask, { ...position, offset: nextOffset }, maxBytes);
    chunk.catch(() => undefined);
    this.ahead.set(name, { offset: nextOffset, maxBytes, chunk });
  }
}
