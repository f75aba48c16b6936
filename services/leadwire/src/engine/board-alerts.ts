import { AlertBook } from "@leadwire/alerts";
import { type AlertChanged, alertCodec, alertsTopic, type SchemaRegistry } from "@leadwire/events";
import { type EventLog, type LogChunk, RecordCursor } from "@leadwire/log";
import { TopicFollower } from "@leadwire/stream";
import type { AlertsSource, BoardAlert } from "@leadwire/wallboard";
import { isLeft } from "fp-ts/lib/Either.js";

export interface BoardAlertsOptions {
  readonly log: EventLog;
  /** Of every topic. */
  readonly partitions: number;
  readonly registry: SchemaRegistry;
  readonly nowMs: () => number;
  /** The log gave up. */
  readonly onFailure: (cause: unknown) => void;
}

/** How long an alert that was resolved stays on the boards, and how many of them. */
const resolvedForMs = 15 * 60_000;
const resolvedMax = 20;

const boardAlert = (record: AlertChanged): BoardAlert | undefined => {
  const { fingerprint, rule, severity, status, summary, started_at: startedAtMs, labels } = record;
  return status === "inactive" ? undefined : { fingerprint, rule, severity, status, summary, startedAtMs, labels };
};

interface ResolvedAlert {
  readonly alert: BoardAlert;
  readonly untilMs: number;
}

/** The alerts of all partitions as they stand, followed in the log: whoever evaluates them, here or elsewhere. */
export class BoardAlerts implements AlertsSource {
  private readonly books: ReadonlyArray<AlertBook>;
  private readonly follower: TopicFollower;
  private readonly decode: ReturnType<typeof alertCodec>["decodeAlert"];
  private readonly cursor = new RecordCursor();
  private readonly nowMs: () => number;
  private readonly listeners = new Set<() => void>();
  private resolved: ReadonlyArray<ResolvedAlert> = [];
  private shown: ReadonlyArray<BoardAlert> | undefined;
  private hasNews = false;

  constructor({ log, partitions, registry, nowMs, onFailure }: BoardAlertsOptions) {
    this.nowMs = nowMs;
    this.decode = alertCodec(registry).decodeAlert;
    this.books = Array.from({ length: partitions }, () => new AlertBook());
    this.follower = new TopicFollower({
      log,
      partitions: this.books.map((_, partition) => ({ topic: alertsTopic, partition })),
      onChunk: (chunk, from, { partition }) => this.read(chunk, from, partition),
      onRound: () => this.tell(),
      onFailure,
    });
  }

  /** Resolves once all is read that the topic held. */
  async start(): Promise<void> {
    await this.follower.start((_, { start }) => start);
  }

  async stop(): Promise<void> {
    await this.follower.stop();
  }

  readonly alerts = (): ReadonlyArray<BoardAlert> => {
    const nowMs = this.nowMs();
    const resolved = this.resolved.filter(({ untilMs }) => untilMs > nowMs);
    if (this.shown === undefined || resolved.length !== this.resolved.length) {
      this.resolved = resolved;
      const alive = this.books.flatMap((book) => [...book.alive()].flatMap(({ record }) => boardAlert(record) ?? []));
      this.shown = [...alive, ...resolved.map(({ alert }) => alert)];
    }
    return this.shown;
  };

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  private read({ bytes }: LogChunk, from: number, partition: number): void {
    const { cursor } = this;
    cursor.reset(bytes, from);
    while (cursor.next()) {
      if (cursor.valueStart < 0) continue;
      const decoded = this.decode(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd));
      // What nobody can read changes nothing for anybody.
      if (isLeft(decoded)) continue;
      const counts = this.books[partition]?.apply(decoded.right) === true;
      if (counts && decoded.right.name === "alert-changed") this.note(decoded.right.record);
    }
  }

  private note(record: AlertChanged): void {
    this.hasNews = true;
    this.shown = undefined;
    const { fingerprint, status, evaluated_at } = record;
    const others = this.resolved.filter(({ alert }) => alert.fingerprint !== fingerprint);
    const alert = status === "resolved" ? boardAlert(record) : undefined;
    const ended = alert === undefined ? [] : [{ alert, untilMs: evaluated_at + resolvedForMs }];
    this.resolved = [...others, ...ended].slice(-resolvedMax);
  }

  private tell(): void {
    if (!this.hasNews) return;
    this.hasNews = false;
    for (const listener of this.listeners) listener();
  }
}
