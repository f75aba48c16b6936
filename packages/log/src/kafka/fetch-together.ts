import type { LogPosition } from "../event-log.ts";
import { type Fetched, fetchRequest, readFetched } from "./fetch.ts";
import { Interrupted } from "./interrupted.ts";
import type { WireReader } from "./wire/wire-reader.ts";

/** Sends a Fetch to a node. */
type SendFetch = (node: number, request: Buffer) => Promise<WireReader>;

interface Asked {
  readonly position: LogPosition;
  readonly maxBytes: number;
  readonly resolve: (fetched: Fetched) => void;
  readonly reject: (error: unknown) => void;
}

const nameOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${topic}-${partition}`;

/**
 * Sends what is asked of one broker in one turn of the event loop as one Fetch: a member with sixty partitions, most of
 * them idle, would spend its time on sixty requests a round.
 */
export class FetchTogether {
  private readonly sendFetch: SendFetch;
  private readonly waiting = new Map<number, Map<string, Asked>>();

  constructor(sendFetch: SendFetch) {
    this.sendFetch = sendFetch;
  }

  /** One partition's answer, whatever its code. Rejects Interrupted, BrokerRefused. */
  ask(node: number, position: LogPosition, maxBytes: number): Promise<Fetched> {
    return new Promise((resolve, reject) => {
      const name = nameOf(position);
      let asked = this.waiting.get(node);
      // A request may name a partition once: who asks for it again begins the next one.
      if (asked?.has(name) === true) {
        this.flush(node);
        asked = undefined;
      }
      if (asked === undefined) {
        asked = new Map();
        this.waiting.set(node, asked);
        const mine = asked;
        setImmediate(() => {
          if (this.waiting.get(node) === mine) this.flush(node);
        });
      }
      asked.set(name, { position, maxBytes, resolve, reject });
    });
  }

  private flush(node: number): void {
    const asked = this.waiting.get(node);
    this.waiting.delete(node);
    if (asked !== undefined) void this.send(node, asked);
  }

  private async send(node: number, asked: ReadonlyMap<string, Asked>): Promise<void> {
    try {
      const all = [...asked.values()];
      const maxBytes = Math.max(...all.map((each) => each.maxBytes));
      const positions = all.map(({ position }) => position);
      const terms = { maxBytes, totalBytes: maxBytes * all.length, minBytes: 0, maxWaitMs: 0 };
      const answer = readFetched(await this.sendFetch(node, fetchRequest(positions, terms)));
      const answered = new Map(answer.map((fetched) => [nameOf(fetched), fetched]));
      for (const [name, { resolve, reject }] of asked) {
        const fetched = answered.get(name);
        if (fetched === undefined) reject(new Interrupted(`A fetch of ${name} was answered with nothing.`));
        else resolve(fetched);
      }
    } catch (error) {
      for (const { reject } of asked.values()) reject(error);
    }
  }
}
