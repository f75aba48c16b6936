import { derivedRegistry, type SchemaRegistry } from "@leadwire/events";
import { BusinessHours, type FactKind, Kind, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { RecordCursor } from "@leadwire/log";
import { type DerivedIds, derivedIds } from "../core/codec/derived-ids.ts";
import { decodeFactChange, FactHead, type FactMessage, readFactHead } from "../core/codec/fact-codec.ts";
import { isHeartbeat } from "../core/codec/heartbeat-codec.ts";
import { origins } from "../core/codec/origin.ts";
import { type IsStranger, strangerOf } from "../core/codec/stranger.ts";
import type { OpenDeal, WaitingLead } from "./open-set/open-entities.ts";
import { type OpenSetChange, OpenSetState, type OpenSetTouched } from "./open-set/open-set-state.ts";
import { RecentFacts } from "./open-set/recent-facts.ts";
import { type SourceHeard, SourceSilence } from "./open-set/source-silence.ts";

export interface LiveOpenSetOptions {
  readonly workspace: Workspace;
  /** Whose schema ids stand on records, besides those derived from `schemas/`. */
  readonly registry?: SchemaRegistry;
  /** Leads and deals held after they were answered or closed, in case that is corrected; 16,384 of each unless given. */
  readonly settledMax?: number;
}

/** What waits, read elsewhere, such as from ClickHouse. */
export interface LoadedOpenSet {
  /** Where to follow the facts topic from, by partition: read before the facts were, so that nothing is missed. */
  readonly positions: ReadonlyMap<number, number>;
  /** Of each lead that waits and each open deal all facts of its level, those taken back too; its creation; its activities. */
  readonly facts: Iterable<OpenSetChange>;
  /** When source systems were heard of in the last weeks: of each in the order of time. */
  readonly heard: Iterable<readonly [source: string, atMs: number]>;
}

export type OpenSetListener = (touched: OpenSetTouched) => void;

const openSetKinds: ReadonlySet<number> = new Set([
  Kind.leadCreated,
  Kind.leadUnanswered,
  Kind.dealPipeline,
  Kind.activity,
]);

/**
 * What is open right now, from the facts topic of one generation: leads that wait for an answer, deals in the pipeline;
 * beside them the newest facts and when each source was heard of. Give it to a live view, which follows the topic for it.
 *
 * What is answered or closed is let go. A task tells its changes in the order of their versions, and again from further
 * back after a crash: what lies behind the furthest version of its partition is a repeat and passed over, since nothing
 * is known any more of what was let go.
 */
export class LiveOpenSet {
  readonly state: OpenSetState;
  private readonly recent: RecentFacts;
  private readonly silence: SourceSilence;
  private readonly ids: DerivedIds;
  private readonly isStranger: IsStranger;
  private readonly cursor = new RecordCursor();
  private readonly head = new FactHead();
  /** By partition of the funnel: the highest version read. */
  private readonly furthest: Array<number> = [];
  private readonly listeners = new Set<OpenSetListener>();
  private versionInHand = -1;
  private isRetold = false;
  private lastHeard = { source: "", atMs: 0 };
  private backfillAtMs = Number.NEGATIVE_INFINITY;

  constructor({ workspace, registry = derivedRegistry, settledMax }: LiveOpenSetOptions) {
    this.state = new OpenSetState(settledMax);
    const calendar = new ZoneCalendar(workspace.timeZone);
    this.ids = derivedIds(registry);
    this.isStranger = strangerOf(registry);
    this.recent = new RecentFacts(this.ids);
    this.silence = new SourceSilence(
      new BusinessHours(calendar, workspace.businessHours, workspace.holidays),
      calendar,
    );
  }

  /** To be called before anything is followed. */
  load({ facts, heard }: LoadedOpenSet): void {
    for (const change of facts) this.state.apply(change, true);
    this.state.endGroup();
    for (const [source, atMs] of heard) this.silence.hear(source, atMs);
  }

  /**
   * Records of the facts topic: whole batches of one partition, from an offset on. `isRetold`: some of them were lost, and
   * its task tells everything again from the first version on.
   */
  applyBatches(bytes: Buffer, fromOffset: number, isRetold = false): void {
    const { cursor, ids } = this;
    this.isRetold = isRetold;
    cursor.reset(bytes, fromOffset);
    while (cursor.next()) {
      const { valueStart, valueEnd } = cursor;
      if (this.isStranger(cursor.bytes, valueStart, valueEnd)) continue;
      if (!isHeartbeat(cursor.bytes, valueStart, valueEnd, ids)) this.applyRecord(cursor.bytes, valueStart, valueEnd);
    }
    this.state.endGroup();
  }

  /** Calls the listener after a batch that changed what is open. It must not throw. Returns what ends it. */
  onChange(listener: OpenSetListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Tells the listeners what changed since the last call. */
  tell(): void {
    const touched = this.state.takeTouched();
    if (touched !== undefined) for (const listener of this.listeners) listener(touched);
  }

  /** A lead that waits, by its slot: the same for as long as it does. */
  waitingLead(slot: number): WaitingLead | undefined {
    return this.state.waitingLead(slot);
  }
  openDeal(slot: number): OpenDeal | undefined {
    return this.state.openDeal(slot);
  }
  waitingLeads(): Iterable<WaitingLead> {
    return this.state.waitingLeads();
  }
  openDeals(): Iterable<OpenDeal> {
    return this.state.openDeals();
  }

  /** Of the newest changes those of some kinds that pass, newest first. */
  recentFacts(
    kinds: ReadonlySet<FactKind>,
    passes: (change: FactMessage) => boolean,
    max = 10,
  ): ReadonlyArray<FactMessage> {
    return this.recent.find(kinds, passes, max);
  }

  /** When the log got the newest record of an import or a replay that a fact was made of; -Infinity for none known. */
  get backfilledAtMs(): number {
    return this.backfillAtMs;
  }

  /** Source systems that were heard of, in order of their names. */
  sourceNames(): ReadonlyArray<string> {
    return this.silence.names();
  }
  sourceHeard(source: string, nowMs: number): SourceHeard | undefined {
    return this.silence.of(source, nowMs);
  }

  private applyRecord(bytes: Buffer, start: number, end: number): void {
    const { head, ids } = this;
    readFactHead(bytes, start, end, ids, head);
    if (head.origin === origins.funnel && this.isBehind(head.partition, head.version)) return;
    this.recent.note(head.kind, bytes, start, end);
    if (head.isBackfill) this.backfillAtMs = Math.max(this.backfillAtMs, head.appendTimeMs);
    else this.hear(head.causeSource, head.appendTimeMs);
    if (!openSetKinds.has(head.kind)) return;
    this.state.apply(decodeFactChange(bytes, start, end, ids));
  }

  /** Whether a record repeats one that was read; another version ends the group of the one before. */
  private isBehind(partition: number, version: number): boolean {
    const furthest = this.furthest[partition] ?? -1;
    if (version !== this.versionInHand) this.state.endGroup();
    this.versionInHand = version;
    this.furthest[partition] = Math.max(version, furthest);
    return version < furthest && !this.isRetold;
  }

  private hear(source: string, atMs: number): void {
    const { lastHeard } = this;
    if (source === lastHeard.source && atMs <= lastHeard.atMs) return;
    this.lastHeard = { source, atMs };
    this.silence.hear(source, atMs);
  }
}
