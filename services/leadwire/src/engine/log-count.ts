import {
  derivedRegistry,
  eventTopics,
  Fault,
  FlatDecoder,
  FlatEvent,
  quarantineTopic,
  type SchemaRegistry,
  Slot,
} from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { type EventLog, RecordCursor } from "@leadwire/log";
import { forwardedFromHeader, parseForwardedFrom, recordSource, SentOn } from "@leadwire/stream";
import { OffsetSet } from "./offset-set.ts";

const chunkBytes = 1 << 20;

/** One cut of the log, by `topic/partition`: where each partition ended, and how far its task was. */
export interface Cut {
  readonly ends: ReadonlyMap<string, number>;
  readonly positions: ReadonlyMap<string, number>;
}

/** What the log alone says of one source system's records. */
export interface SourceCount {
  /** Records in the log. */
  records: number;
  /** Of these: no task has read them yet. */
  pending: number;
  /** Of these: read, and in the wrong place, so that their task has sent them on. */
  sentOn: number;
  /** Of what a door put aside: the same again. */
  repeatedAside: number;
}

/**
 * Counts from the log alone: what was accepted, what no task has read yet, and what lay in a wrong place. The other
 * columns come from the tasks, and for what the door put aside from the store, so that each side can find the other out.
 */
export class LogCount {
  readonly bySource = new Map<string, SourceCount>();
  private readonly log: EventLog;
  private readonly cut: Cut;
  private readonly cursor = new RecordCursor();
  private readonly decoder: FlatDecoder;
  private readonly flat = new FlatEvent();
  private readonly rule: SentOn;
  private readonly asideIds = new Set<string>();
  /** By source and `topic/partition`: the offsets of records that were sent on. */
  private readonly originals = new Map<string, Map<string, OffsetSet>>();
  /** By `topic/partition`: the offsets that a copy says it comes from. */
  private readonly copies = new Map<string, OffsetSet>();

  constructor(log: EventLog, cut: Cut, workspace: Workspace, partitions: number, registry?: SchemaRegistry) {
    this.log = log;
    this.cut = cut;
    this.decoder = new FlatDecoder(registry ?? derivedRegistry);
    this.rule = new SentOn(workspace, partitions, registry);
  }

  /** Reads every event topic and the quarantine topic up to the cut. */
  async read(): Promise<void> {
    for (const topic of [...eventTopics, quarantineTopic]) {
      for (const partition of this.partitionsOf(topic)) {
        const position = this.cut.positions.get(`${topic}/${partition}`) ?? 0;
        const end = this.cut.ends.get(`${topic}/${partition}`) ?? 0;
        let appendTimeMs = 0;
        await this.walk(topic, partition, 0, end, () => {
          appendTimeMs = Math.max(appendTimeMs, this.cursor.appendTimeMs);
          if (topic === quarantineTopic) this.countAside();
          else this.countEvent(topic, partition, position, appendTimeMs);
        });
      }
    }
  }

  /** Looks for copies behind the cut: a record that was sent on just before it arrives behind it. */
  async readCopiesBehindCut(): Promise<void> {
    for (const topic of eventTopics) {
      for (const partition of this.partitionsOf(topic)) {
        const from = this.cut.ends.get(`${topic}/${partition}`) ?? 0;
        const { end } = await this.log.bounds({ topic, partition });
        await this.walk(topic, partition, from, end, () => this.noteCopy());
      }
    }
  }

  /** By source: how many records were sent on and have arrived nowhere. */
  lost(): ReadonlyMap<string, number> {
    const lost = new Map<string, number>();
    for (const [source, places] of this.originals) {
      let count = 0;
      for (const [place, offsets] of places) count += offsets.countWithout(this.copies.get(place));
      if (count > 0) lost.set(source, count);
    }
    return lost;
  }

  of(source: string): SourceCount {
    const known = this.bySource.get(source);
    if (known !== undefined) return known;
    const count = { records: 0, pending: 0, sentOn: 0, repeatedAside: 0 };
    this.bySource.set(source, count);
    return count;
  }

  private partitionsOf(topic: string): ReadonlyArray<number> {
    const head = `${topic}/`;
    return [...this.cut.ends.keys()]
      .filter((name) => name.startsWith(head))
      .map((name) => Number(name.slice(head.length)));
  }

  private async walk(topic: string, partition: number, from: number, end: number, see: () => void): Promise<void> {
    const { log, cursor } = this;
    const { start } = await log.bounds({ topic, partition });
    for (let at = Math.max(start, from); at < end; ) {
      const chunk = await log.read({ topic, partition }, at, chunkBytes);
      if (chunk.nextOffset === at) return;
      cursor.reset(chunk.bytes, at);
      while (cursor.next() && cursor.offset < end) see();
      at = chunk.nextOffset;
    }
  }

  private countEvent(topic: string, partition: number, position: number, appendTimeMs: number): void {
    const { cursor, flat } = this;
    const fault = this.decoder.decode(cursor.bytes, Math.max(cursor.valueStart, 0), Math.max(cursor.valueEnd, 0), flat);
    const source = recordSource(flat.text(Slot.sourceSystem) ?? "", cursor.header("source"));
    const count = this.of(source);
    count.records += 1;
    const isCopy = this.noteCopy();
    if (cursor.offset >= position) count.pending += 1;
    else if (fault === Fault.none && this.rule.test(flat, topic, partition, appendTimeMs, isCopy)) {
      count.sentOn += 1;
      this.noteOriginal(source, `${topic}/${partition}`, cursor.offset);
    }
  }

  private noteOriginal(source: string, place: string, offset: number): void {
    const places = this.originals.get(source) ?? new Map<string, OffsetSet>();
    this.originals.set(source, places);
    const offsets = places.get(place) ?? new OffsetSet();
    places.set(place, offsets);
    offsets.add(offset);
  }

  /** Whether the record in hand carries the header; one that names a place is the copy of what lies there. */
  private noteCopy(): boolean {
    const { cursor } = this;
    const text = cursor.headerCount === 0 ? undefined : cursor.header(forwardedFromHeader);
    if (text === undefined) return false;
    const from = parseForwardedFrom(text);
    // A header that a foreign producer made up must not make this set grow without end.
    const name = from === undefined ? "" : `${from.topic}/${from.partition}`;
    if (from === undefined || from.offset >= (this.cut.ends.get(name) ?? 0)) return true;
    const offsets = this.copies.get(name) ?? new OffsetSet();
    this.copies.set(name, offsets);
    offsets.add(from.offset);
    return true;
  }

  /** What a door put aside never was in an event topic: its record in the quarantine topic is its only one. */
  private countAside(): void {
    const { cursor } = this;
    if (cursor.header("origin") !== "door") return;
    const count = this.of(cursor.header("source") ?? "");
    count.records += 1;
    const id = cursor.bytes.toString("utf8", cursor.keyStart, cursor.keyEnd);
    if (this.asideIds.has(id)) count.repeatedAside += 1;
    this.asideIds.add(id);
  }
}
