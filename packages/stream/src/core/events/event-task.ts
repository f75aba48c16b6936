import { eventTypes, Fault, FlatDecoder, FlatEvent, Slot } from "@leadwire/events";
import { type LiveFact, sameFact } from "@leadwire/funnel";
import { AccountLogOutput } from "../accounts/account-log-output.ts";
import { type TaskCodecs, taskCodecs } from "../codec/derived-ids.ts";
import { FactOutput } from "../codec/fact-output.ts";
import type { Origin } from "../codec/origin.ts";
import { Span } from "../codec/span.ts";
import { Converter } from "../converter.ts";
import { Judge, type Verdict, verdictOfFault } from "../judge.ts";
import { counting, standingOf, type Version } from "../leads/identity.ts";
import { eventBytesMax, LeadHistory } from "../leads/lead-history.ts";
import { Home } from "../place.ts";
import type { Slicer } from "../slices/slicer.ts";
import { PagedRows } from "../state/paged-rows.ts";
import type { TaskState } from "../state/task-state.ts";
import { TextTable } from "../state/text-table.ts";
import { type InputRecord, quarantined, type TaskContext, type TaskFold, type Treatment } from "../task.ts";
import type { OutputBatch } from "../task-output.ts";
import { PlanFold } from "./plan-fold.ts";
import { SpendFold } from "./spend-fold.ts";

interface Held extends Version {
  readonly reference: number;
}

/**
 * Folds one partition of a topic whose events are entities of their own: spend, and plan and account events. Spend
 * becomes day facts, targets and forecasts one fact each; account events go on to the account log, keyed by account.
 */
export class EventTask implements TaskFold {
  readonly names: TextTable;
  readonly ids = new TextTable();
  /** Row n holds, plus one, the newest entry of event n. */
  readonly rows = new PagedRows(0, 2);
  readonly history = new LeadHistory();
  private readonly slicer: Slicer;
  private readonly decoder: FlatDecoder;
  private readonly judge: Judge;
  private readonly spend: SpendFold;
  private readonly plan: PlanFold;
  private readonly facts: FactOutput;
  private readonly accountLog: AccountLogOutput;
  private readonly account = new Span();
  private readonly home: Home;
  private readonly codecs: TaskCodecs;
  private readonly flat = new FlatEvent();
  private readonly recalled = new FlatEvent();

  constructor(context: TaskContext, topic: string, origin: Origin, names: TextTable, slicer: Slicer) {
    const { workspace, calendar } = context;
    this.names = names;
    this.slicer = slicer;
    this.ids.intern("");
    this.home = new Home(topic, context);
    this.codecs = taskCodecs(context.registry);
    const converter = new Converter(workspace, calendar);
    this.decoder = new FlatDecoder(this.codecs.registry);
    this.judge = new Judge(workspace, converter, this.codecs.decodeEvent);
    this.spend = new SpendFold(names, converter, calendar);
    this.plan = new PlanFold(names, converter);
    this.facts = new FactOutput(context, origin, names, this.ids);
    this.accountLog = new AccountLogOutput(context);
  }

  get occurredAtMs(): number {
    return this.flat.occurredAtMs;
  }
  sourceText(): string {
    return this.flat.text(Slot.sourceSystem) ?? "";
  }

  treat(record: InputRecord): Treatment {
    const { bytes, start, end } = record;
    const { flat } = this;
    const fault = this.decoder.decode(bytes, start, end, flat);
    if (fault !== Fault.none) return quarantined(verdictOfFault(fault));
    if (end - start > eventBytesMax) return quarantined(tooLarge);
    const verdict = this.judge.judge(flat, record.appendTimeMs, this.isKnownStage);
    if (verdict !== undefined) return quarantined(verdict);
    const place = this.home.elsewhere(flat);
    if (place !== undefined) return { _tag: "Forwarded", place };
    const source = flat.text(Slot.sourceSystem) ?? "";
    const eventId = flat.text(Slot.eventId) ?? "";
    const number = this.numberOf(`${source}\0${eventId}`);
    const held = this.held(number);
    const version = {
      source,
      eventId,
      revision: flat.revision,
      voided: flat.voided,
      bytes: bytes.subarray(start, end),
    };
    const standing = standingOf(version, held, this.codecs.decodeEvent)._tag;
    if (standing === "Repeat") return { _tag: "Duplicate", conflict: false };
    const reference = this.append(record, number, held.at(-1)?.reference ?? -1);
    this.change(record, held, [...held, { ...version, reference }]);
    this.tellAccount(record);
    return standing === "Conflict"
      ? { _tag: "Duplicate", conflict: true }
      : { _tag: "Applied", superseding: standing === "Revision" };
  }

  get state(): TaskState {
    const { names, ids, rows, slicer, history } = this;
    return {
      rows: [names.rows, ids.rows, rows, slicer.series.rows, slicer.slices.rows],
      arenas: [names.arena, ids.arena, history.arena],
      *reindex() {
        slicer.series.reindex();
        for (const table of [names, ids, slicer.slices]) yield* table.reindex();
      },
    };
  }

  takeOutput(into: Array<OutputBatch>): void {
    this.facts.take(into);
    this.accountLog.take(into);
  }

  private numberOf(id: string): number {
    const number = this.ids.intern(id);
    while (this.rows.length <= number) this.rows.add();
    return number;
  }

  private held(number: number): ReadonlyArray<Held> {
    this.rows.locate(number);
    const held: Array<Held> = [];
    for (let next = this.rows.i32[this.rows.i32At] as number; next !== 0; ) {
      const reference = next - 1;
      const bytes = this.history.event(reference);
      this.decoder.decode(bytes, 0, bytes.length, this.recalled);
      held.push({
        source: this.recalled.text(Slot.sourceSystem) ?? "",
        eventId: this.recalled.text(Slot.eventId) ?? "",
        revision: this.recalled.revision,
        voided: this.recalled.voided,
        bytes,
        reference,
      });
      next = this.history.previous(reference) + 1;
    }
    return held.reverse();
  }

  private append(record: InputRecord, number: number, previous: number): number {
    const { flat } = this;
    const source = this.names.internSpan(
      flat.view,
      flat.start[Slot.sourceSystem] as number,
      flat.end[Slot.sourceSystem] as number,
    );
    const { bytes, start, end } = record;
    const idStart = flat.start[Slot.eventId] as number;
    const entry = { bytes, start, end, idStart, idEnd: flat.end[Slot.eventId] as number };
    const reference = this.history.add(entry, previous, source, 0);
    this.rows.change(number);
    this.rows.i32[this.rows.i32At] = reference + 1;
    return reference;
  }

  private change(record: InputRecord, before: ReadonlyArray<Held>, after: ReadonlyArray<Held>): void {
    const old = this.factsOf(before);
    const now = this.factsOf(after);
    const newest = after.at(-1) as Held;
    const { context } = this.facts;
    this.facts.begin(record);
    this.history.eventIdOf(newest.reference, context.cause);
    this.history.eventIdOf(newest.reference, context.birth);
    context.causeSource = context.birthSource = this.history.source(newest.reference);
    for (let ordinal = 0; ordinal < Math.max(old.length, now.length); ordinal += 1) {
      this.changeOne(old[ordinal], now[ordinal]);
    }
  }

  private changeOne(old: LiveFact | undefined, now: LiveFact | undefined): void {
    if (old !== undefined && now !== undefined && sameFact(old, now)) return;
    if (old !== undefined) this.slicer.apply(old, -1);
    if (now !== undefined) this.slicer.apply(now, 1);
    const shown = now ?? old;
    if (shown !== undefined) this.facts.tell(shown, now !== undefined);
  }

  private factsOf(held: ReadonlyArray<Held>): ReadonlyArray<LiveFact> {
    const [version] = counting(held, this.codecs.decodeEvent);
    if (version === undefined) return [];
    this.decoder.decode(version.bytes, 0, version.bytes.length, this.recalled);
    switch (eventTypes[this.recalled.type]) {
      case "spend":
        return this.spend.facts(this.recalled, version.reference);
      case "target-set":
      case "forecast-submitted":
        return this.plan.facts(this.recalled, version.reference);
      default:
        return [];
    }
  }

  /** For a stage change that lies on the wrong topic: it is judged where it lies. */
  private readonly isKnownStage = (event: FlatEvent): boolean => this.judge.isStage(event);

  private tellAccount(record: InputRecord): void {
    const { flat } = this;
    const type = eventTypes[flat.type];
    if (this.facts.silent || (type !== "subscription-changed" && type !== "survey-answered")) return;
    const start = flat.start[Slot.accountId] as number;
    this.account.set(record.bytes, start, (flat.end[Slot.accountId] as number) - start);
    this.accountLog.sendEvent(this.account, record.bytes.subarray(record.start, record.end), record);
  }
}

const tooLarge: Verdict = { reason: "field_too_large", detail: `an event takes at most ${eventBytesMax} bytes` };
