import { Fault, FlatDecoder, FlatEvent, Slot } from "@leadwire/events";
import {
  Book,
  difference,
  type FactSink,
  foldWhole,
  Kind,
  LeadEvent,
  LeadEventType,
  LeadFold,
  LeadState,
  type LiveFact,
  missing,
  type Name,
  OutcomeIndex,
} from "@leadwire/funnel";
import { AccountLogOutput } from "../accounts/account-log-output.ts";
import { type TaskCodecs, taskCodecs } from "../codec/derived-ids.ts";
import { accountIsLead } from "../codec/fact-encoder.ts";
import { FactOutput } from "../codec/fact-output.ts";
import { origins } from "../codec/origin.ts";
import { Span } from "../codec/span.ts";
import { Converter } from "../converter.ts";
import { Judge, type Verdict, verdictOfFault } from "../judge.ts";
import { Home } from "../place.ts";
import type { Slicer } from "../slices/slicer.ts";
import type { TaskState } from "../state/task-state.ts";
import { hashSpan, TextTable } from "../state/text-table.ts";
import { type InputRecord, quarantined, type TaskContext, type TaskFold, type Treatment } from "../task.ts";
import type { OutputBatch } from "../task-output.ts";
import { ErasureOutput } from "./erasure-output.ts";
import { EventReader } from "./event-reader.ts";
import { standingOf } from "./identity.ts";
import { KnownIds } from "./known-ids.ts";
import { eventBytesMax, LeadHistory } from "./lead-history.ts";
import { LeadRecall } from "./lead-recall.ts";
import { LeadCursor, LeadTable } from "./lead-table.ts";

/**
 * Folds one partition of `leadwire.funnel`. An event that follows all others of its lead is one step on the lead's
 * summary; any other (late, corrected, voided, repeated) folds the whole history before and after, and what differs is
 * the change. Both ways give the same facts (lead-task.law.test.ts).
 */
export class LeadTask implements TaskFold {
  readonly names: TextTable;
  readonly ids = new TextTable();
  readonly leads: LeadTable;
  readonly history = new LeadHistory();
  readonly slicer: Slicer;
  private readonly known = new KnownIds(this.history);
  private readonly fold: LeadFold;
  private readonly book: Book;
  private readonly judge: Judge;
  private readonly decoder: FlatDecoder;
  private readonly reader: EventReader;
  private readonly recall: LeadRecall;
  private readonly facts: FactOutput;
  private readonly accountLog: AccountLogOutput;
  private readonly erasures: ErasureOutput;
  private readonly home: Home;
  private readonly codecs: TaskCodecs;
  private readonly account = new Span();
  private readonly flat = new FlatEvent();
  private readonly event = new LeadEvent();
  private readonly summary = new LeadState();
  private readonly cursor = new LeadCursor();
  private readonly isKnownStage: (event: FlatEvent) => boolean;
  private readonly changes: FactSink;
  /** Of the record in hand: where it stands, and its source system once that is known. */
  private readonly entry = { bytes: noBytes, start: 0, end: 0, idStart: 0, idEnd: 0 };
  private source: Name = missing;
  /** The event that the output's context names as the birth of facts; -1: none of this record yet. */
  private namedBirth = -1;

  constructor(topic: string, context: TaskContext, names: TextTable, slicer: Slicer) {
    this.names = names;
    this.ids.intern("");
    this.slicer = slicer;
    const { workspace, calendar } = context;
    this.codecs = taskCodecs(context.registry);
    const { registry, decodeEvent } = this.codecs;
    this.home = new Home(topic, context);
    const converter = new Converter(workspace, calendar);
    this.book = new Book(workspace, names, calendar);
    this.leads = new LeadTable(this.book.stagesMax);
    this.fold = new LeadFold(this.book);
    this.judge = new Judge(workspace, converter, decodeEvent);
    this.decoder = new FlatDecoder(registry);
    this.reader = new EventReader(names, this.ids, converter);
    this.recall = new LeadRecall(this.history, new FlatDecoder(registry), this.reader, decodeEvent);
    this.facts = new FactOutput(context, origins.funnel, names, this.ids);
    this.accountLog = new AccountLogOutput(context);
    this.erasures = new ErasureOutput(context);
    const stageName = (event: FlatEvent): number =>
      names.internSpan(event.view, event.start[Slot.toStage] as number, event.end[Slot.toStage] as number);
    this.isKnownStage = (event) => this.book.stage(missing, stageName(event)) !== undefined;
    this.changes = { assert: this.assert, replace: this.replace, retract: this.retract };
  }

  /** What became of one record; facts, slices and outputs follow. */
  treat(record: InputRecord): Treatment {
    const { bytes, start, end } = record;
    const flat = this.flat;
    this.source = missing;
    const fault = this.decoder.decode(bytes, start, end, flat);
    if (fault !== Fault.none) return quarantined(verdictOfFault(fault));
    if (end - start > eventBytesMax) return quarantined(tooLarge);
    const verdict = this.judge.judge(flat, record.appendTimeMs, this.isKnownStage);
    if (verdict !== undefined) return quarantined(verdict);
    const leadStart = flat.start[Slot.leadId] as number;
    const leadEnd = flat.end[Slot.leadId] as number;
    // A lead that is known here was found to be at home when it was new. No lead: an event of another topic.
    let lead = leadStart < 0 ? -1 : this.leads.find(flat.view, leadStart, leadEnd);
    if (lead < 0) {
      const place = this.home.elsewhere(flat);
      if (place !== undefined) return { _tag: "Forwarded", place };
      lead = this.leads.numberOf(flat.view, leadStart, leadEnd);
    }
    this.leads.load(lead, this.summary, this.cursor);
    const sourceStart = flat.start[Slot.sourceSystem] as number;
    const source = this.names.internSpan(flat.view, sourceStart, flat.end[Slot.sourceSystem] as number);
    const { entry } = this;
    entry.bytes = bytes;
    entry.start = start;
    entry.end = end;
    entry.idStart = flat.start[Slot.eventId] as number;
    entry.idEnd = flat.end[Slot.eventId] as number;
    const idHash = hashSpan(flat.view, entry.idStart, entry.idEnd, source);
    this.source = source;
    this.namedBirth = -1;
    const { context } = this.facts;
    this.facts.begin(record);
    context.causeSource = source;
    context.cause.setViewed(bytes, flat.view, entry.idStart, entry.idEnd - entry.idStart);
    context.entity.setViewed(bytes, flat.view, leadStart, leadEnd - leadStart);
    if (this.known.mayHold(lead, this.cursor, idHash)) return this.treatKnown(record, lead, idHash);
    return this.treatNew(lead, idHash);
  }

  /** The newest event time that may move the watermark. */
  get occurredAtMs(): number {
    return this.flat.occurredAtMs;
  }
  sourceText(): string {
    return this.source === missing ? (this.flat.text(Slot.sourceSystem) ?? "") : this.names.text(this.source);
  }

  get state(): TaskState {
    const { names, ids, leads, slicer, history } = this;
    return {
      rows: [names.rows, ids.rows, leads.ids.rows, ...leads.tables, slicer.series.rows, slicer.slices.rows],
      arenas: [names.arena, ids.arena, leads.ids.arena, history.arena],
      *reindex() {
        slicer.series.reindex();
        for (const table of [names, ids, leads.ids, slicer.slices]) yield* table.reindex();
      },
    };
  }

  takeOutput(into: Array<OutputBatch>): void {
    this.facts.take(into);
    this.accountLog.take(into);
    this.erasures.take(into);
  }

  private treatNew(lead: number, idHash: number): Treatment {
    const { flat, event, cursor, summary } = this;
    this.append(lead, idHash, true);
    if (flat.voided || flat.type === LeadEventType.erased) {
      this.leads.store(lead, summary, cursor);
      return applied;
    }
    this.reader.read(flat, event);
    event.birth = cursor.history;
    this.fold.rankStage(summary, event);
    const follows =
      event.occurredAtMs > cursor.lastAtMs || (event.occurredAtMs === cursor.lastAtMs && event.rank > cursor.lastRank);
    if (follows && this.fold.step(summary, event, this.changes)) {
      cursor.lastAtMs = event.occurredAtMs;
      cursor.lastRank = event.rank;
      this.leads.store(lead, summary, cursor);
      return applied;
    }
    if (!follows && this.fold.stepAside(summary, event, this.changes)) this.leads.store(lead, summary, cursor);
    else this.refold(lead, true);
    return applied;
  }

  /** A record whose id the lead may hold: a repeat, another revision, a conflict, or a collision of hashes. */
  private treatKnown(record: InputRecord, lead: number, idHash: number): Treatment {
    const { flat, cursor } = this;
    const held = this.recall.all(cursor.history, cursor.events);
    const version = {
      source: flat.text(Slot.sourceSystem) ?? "",
      eventId: flat.text(Slot.eventId) ?? "",
      revision: flat.revision,
      voided: flat.voided,
      bytes: record.bytes.subarray(record.start, record.end),
    };
    const standing = standingOf(version, held, this.codecs.decodeEvent)._tag;
    if (standing === "New") return this.treatNew(lead, idHash);
    if (standing === "Repeat") return repeated;
    this.append(lead, idHash, false);
    this.refold(lead, false);
    return standing === "Conflict" ? conflicting : superseding;
  }

  private append(lead: number, idHash: number, isNew: boolean): void {
    const { cursor } = this;
    const before = cursor.history;
    if (this.flat.type === LeadEventType.erased && !this.flat.voided) this.erasures.tell(this.facts.context.entity);
    this.known.add(lead, cursor, idHash);
    cursor.history = this.history.add(this.entry, before, this.source, idHash);
    cursor.events += 1;
    this.recall.follow(before, cursor.history, isNew);
  }

  /** Folds the history without and with its newest entry, and lets the difference out. */
  private refold(lead: number, isNew: boolean): void {
    const { cursor } = this;
    const now = this.recall.events(cursor.history, cursor.events);
    // An entry with an id of its own stands beside all others; any other may have decided which of them count.
    const then = isNew
      ? now.filter(({ birth }) => birth !== cursor.history)
      : this.recall.eventsOf(this.recall.all(cursor.history, cursor.events).slice(0, -1));
    const before = foldWhole(this.fold, accountIsLead, then);
    const after = foldWhole(this.fold, accountIsLead, now);
    difference(this.fold, before, after, this.changes);
    cursor.lastAtMs = after.last?.occurredAtMs ?? Number.NEGATIVE_INFINITY;
    cursor.lastRank = after.last?.rank ?? 0;
    this.leads.store(lead, after.state, cursor);
  }

  private readonly assert = (fact: LiveFact): void => {
    this.slicer.apply(fact, 1);
    this.emit(fact, true);
    if (isWin(fact)) this.tellAccount(fact, true);
  };

  private readonly replace = (before: LiveFact, after: LiveFact): void => {
    this.slicer.apply(before, -1);
    this.slicer.apply(after, 1);
    if (isWin(before) && !(isWin(after) && before.account === after.account)) this.tellAccount(before, false);
    this.emit(after, true);
    if (isWin(after)) this.tellAccount(after, true);
  };

  private readonly retract = (fact: LiveFact): void => {
    this.slicer.apply(fact, -1);
    this.emit(fact, false);
    if (isWin(fact)) this.tellAccount(fact, false);
  };

  private emit(fact: LiveFact, present: boolean): void {
    if (this.facts.silent) return;
    this.nameBirth(fact);
    this.facts.tell(fact, present);
  }

  private nameBirth(fact: LiveFact): void {
    if (fact.birth === this.namedBirth) return;
    const { context } = this.facts;
    this.namedBirth = fact.birth;
    this.history.eventIdOf(fact.birth, context.birth);
    context.birthSource = this.history.source(fact.birth);
  }

  /** Sends a win to the log of its account. */
  private tellAccount(fact: LiveFact, present: boolean): void {
    if (this.facts.silent) return;
    this.nameBirth(fact);
    const { buffer, at } = this.facts.encoded(fact, present);
    const { entity } = this.facts.context;
    if (fact.account !== accountIsLead) this.ids.spanOf(fact.account, this.account);
    this.accountLog.send(fact.account === accountIsLead ? entity : this.account, buffer, at);
  }
}

const noBytes: Buffer = Buffer.alloc(0);

const isWin = (fact: LiveFact): boolean => fact.kind === Kind.dealClosed && fact.outcome === OutcomeIndex.won;

const applied: Treatment = { _tag: "Applied", superseding: false };
const superseding: Treatment = { _tag: "Applied", superseding: true };
const repeated: Treatment = { _tag: "Duplicate", conflict: false };
const conflicting: Treatment = { _tag: "Duplicate", conflict: true };
const tooLarge: Verdict = { reason: "field_too_large", detail: `an event takes at most ${eventBytesMax} bytes` };
