import { accountLogTopic, encodeEvent, type SubscriptionChanged, type SurveyAnswered } from "@leadwire/events";
import {
  type Dimension,
  dimensions,
  type FactRecord,
  Kind,
  LiveFact,
  missing,
  OutcomeIndex,
  type Workspace,
  ZoneCalendar,
} from "@leadwire/funnel";
import type { Measure } from "@leadwire/kpis";
import { encodeBatch } from "@leadwire/log";
import { appendedAtHeader } from "../core/accounts/account-log-output.ts";
import { idsWithoutRegistry } from "../core/codec/derived-ids.ts";
import { decodeFactChange, type FactMessage } from "../core/codec/fact-codec.ts";
import { FactContext, FactEncoder } from "../core/codec/fact-encoder.ts";
import { origins } from "../core/codec/origin.ts";
import { PartitionTask } from "../core/partition-task.ts";
import { TextTable } from "../core/state/text-table.ts";
import { toldRecords } from "./told-records.ts";

/** What a funnel's task tells an account of one of its won deals. */
export interface WinRecord {
  readonly event: string;
  readonly account: string;
  readonly atMs: number;
  readonly present: boolean;
  /** The position in the funnel that it is told from. */
  readonly version: number;
  readonly appendTimeMs: number;
  readonly termMonths?: number;
  /** Where the lead has several deals. */
  readonly deal?: string;
  readonly dimensions?: Readonly<Partial<Record<Exclude<Dimension, "stage">, string>>>;
}

/** An event of an account, and when the log got it. */
export interface AccountEventRecord {
  readonly event: SubscriptionChanged | SurveyAnswered;
  readonly appendTimeMs: number;
}

const generation = "accounts";
const topic = accountLogTopic(generation);

/** Writes wins as a funnel's task does. */
class WinWriter {
  private readonly names = new TextTable();
  private readonly ids = new TextTable();
  private readonly context = new FactContext(origins.funnel, 0);
  private readonly encoder = new FactEncoder(this.context, this.names, this.ids, idsWithoutRegistry.fact.own);

  constructor() {
    this.names.intern("(none)");
    this.ids.intern("");
  }

  encode(win: WinRecord): Buffer {
    const { names, ids, context, encoder } = this;
    context.version = win.version;
    context.appendTimeMs = win.appendTimeMs;
    context.causeSource = context.birthSource = names.intern("crm");
    const event = Buffer.from(win.event);
    context.cause.set(event, 0, event.length);
    context.birth.set(event, 0, event.length);
    const lead = Buffer.from(`lead-of-${win.event}`);
    context.entity.set(lead, 0, lead.length);
    const fact = new LiveFact();
    fact.kind = Kind.dealClosed;
    fact.outcome = OutcomeIndex.won;
    fact.atMs = win.atMs;
    fact.termMonths = win.termMonths ?? Number.NaN;
    fact.account = ids.intern(win.account);
    fact.deal = win.deal === undefined ? missing : ids.intern(win.deal);
    for (const dimension of dimensions) {
      const value = dimension === "stage" ? undefined : win.dimensions?.[dimension];
      if (value !== undefined) fact[dimension] = names.intern(value);
    }
    encoder.begin();
    encoder.encode(fact, win.present);
    return Buffer.from(encoder.writer.buffer.subarray(0, encoder.writer.at));
  }
}

/** A task over an account log that a test writes by hand, without the tasks that would fill it. */
export class AccountLog {
  task: PartitionTask;
  /** Every change in the order told. */
  readonly changes: Array<FactMessage> = [];
  private readonly wins = new WinWriter();
  private readonly workspace: Workspace;
  private readonly measures: ReadonlyArray<Measure>;

  constructor(workspace: Workspace, measures: ReadonlyArray<Measure>) {
    this.workspace = workspace;
    this.measures = measures;
    this.task = this.newTask();
  }

  /** A task as it would begin on this log, from its start. */
  newTask(): PartitionTask {
    const calendar = new ZoneCalendar(this.workspace.timeZone);
    const context = { workspace: this.workspace, calendar, generation, partition: 0, partitions: 1 };
    return new PartitionTask(topic, context, this.measures);
  }

  /** Appends and folds one batch, which the log gets at `appendTimeMs`; answers the changes that it caused. */
  feed(records: ReadonlyArray<WinRecord | AccountEventRecord>, appendTimeMs: number): ReadonlyArray<FactMessage> {
    if (records.length === 0) return [];
    const batch = records.map((record) =>
      "present" in record
        ? { key: Buffer.from(record.account), value: this.wins.encode(record) }
        : {
            key: Buffer.from(record.event.account_id),
            value: encodeEvent(record.event),
            headers: { [appendedAtHeader]: `${record.appendTimeMs}` },
          },
    );
    const { position } = this.task;
    this.task.process(encodeBatch(batch, position, appendTimeMs), position + batch.length);
    const told = toldRecords(this.task.takeFacts())
      .filter((record) => record.topic.startsWith("leadwire.facts"))
      .map(({ value }) => decodeFactChange(value, 0, value.length));
    this.changes.push(...told);
    return told;
  }

  /** The facts that stand, in order of their ids. */
  facts(): ReadonlyArray<FactRecord> {
    const newest = new Map<string, FactMessage>();
    for (const change of this.changes) newest.set(change.fact.factId, change);
    return [...newest.values()]
      .filter(({ present }) => present)
      .map(({ fact }) => fact)
      .sort((a, b) => (a.factId < b.factId ? -1 : 1));
  }
}
