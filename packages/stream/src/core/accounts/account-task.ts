import { missing } from "@leadwire/funnel";
import { type TaskCodecs, taskCodecs } from "../codec/derived-ids.ts";
import { FactOutput } from "../codec/fact-output.ts";
import { origins } from "../codec/origin.ts";
import { accountLogStranger, type IsStranger } from "../codec/stranger.ts";
import { Converter } from "../converter.ts";
import { LeadHistory } from "../leads/lead-history.ts";
import type { Slicer } from "../slices/slicer.ts";
import { PagedRows } from "../state/paged-rows.ts";
import type { TaskState } from "../state/task-state.ts";
import { TextTable } from "../state/text-table.ts";
import type { InputRecord, TaskContext, TaskFold, Treatment } from "../task.ts";
import type { OutputBatch } from "../task-output.ts";
import { AccountBook } from "./account-book.ts";
import { AccountBooks } from "./account-books.ts";
import type { AccountEntry } from "./account-entry.ts";
import type { AccountChange, AccountFact } from "./account-facts.ts";
import { accountSource } from "./account-fold.ts";
import { appendedAtHeader } from "./account-log-output.ts";
import { type AccountRecord, EntryReader } from "./entry-reader.ts";

/**
 * Folds one partition of the account log: the wins that the funnel's tasks tell of, subscriptions and surveys. What comes
 * of it is since when each account is a customer, when it is active, how its mrr moves and what it answers, all under the
 * dimensions of its latest won deal.
 */
export class AccountTask implements TaskFold {
  readonly names: TextTable;
  /** Ids of accounts (row n of `rows` is account n) and of deals. */
  readonly ids = new TextTable();
  /** Row n holds, plus one, the newest entry of account n. */
  readonly rows = new PagedRows(0, 2);
  readonly history = new LeadHistory();
  private readonly slicer: Slicer;
  private readonly books = new AccountBooks();
  private readonly facts: FactOutput;
  private readonly codecs: TaskCodecs;
  private readonly converter: Converter;
  private readonly reader: EntryReader;
  private readonly isStranger: IsStranger;
  private newestEventMs = Number.NaN;

  constructor(context: TaskContext, names: TextTable, slicer: Slicer) {
    this.names = names;
    this.ids.intern("");
    this.slicer = slicer;
    this.codecs = taskCodecs(context.registry);
    this.converter = new Converter(context.workspace, context.calendar);
    this.reader = new EntryReader(context, this.codecs, names);
    this.isStranger = accountLogStranger(this.codecs.registry);
    this.facts = new FactOutput(context, origins.accounts, names, this.ids);
  }

  get occurredAtMs(): number {
    return this.newestEventMs;
  }
  sourceText(): string {
    return accountSource;
  }

  treat(record: InputRecord): Treatment {
    if (this.isStranger(record.bytes, record.start, record.end)) return passedOver;
    const bytes = Buffer.from(record.bytes.subarray(record.start, record.end));
    const read = this.reader.read(bytes);
    const account = this.ids.intern(read.account);
    while (this.rows.length <= account) this.rows.add();
    this.newestEventMs = read.entry.atMs;
    const book = this.bookOf(account, read.account);
    if (book.isRepeat(read.entry)) return repeated;
    this.append(bytes, account);
    book.add(read.entry);
    this.books.grow();
    this.tell(book.facts.takeChanges(), account, record, read);
    return applied;
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
  }

  private newestOf(account: number): number {
    this.rows.locate(account);
    return (this.rows.i32[this.rows.i32At] as number) - 1;
  }

  /** An account that changed lately is at hand; any other is read back and folded. */
  private bookOf(account: number, id: string): AccountBook {
    const known = this.books.take(account);
    if (known !== undefined) return known;
    const book = new AccountBook(id, this.converter, this.codecs.decodeEvent);
    const entries: Array<AccountEntry> = [];
    for (let at = this.newestOf(account); at !== -1; at = this.history.previous(at)) {
      entries.push(this.reader.read(this.history.event(at)).entry);
    }
    if (entries.length > 0) book.load(entries);
    this.books.hold(account, book);
    return book;
  }

  private append(bytes: Buffer, account: number): void {
    const entry = { bytes, start: 0, end: bytes.length, idStart: 0, idEnd: 0 };
    const reference = this.history.add(entry, this.newestOf(account), missing, 0);
    this.rows.change(account);
    this.rows.i32[this.rows.i32At] = reference + 1;
  }

  private tell(changes: ReadonlyArray<AccountChange>, account: number, record: InputRecord, read: AccountRecord): void {
    if (changes.length === 0) return;
    const { context } = this.facts;
    const cause = Buffer.from(read.causeEventId);
    this.facts.begin(record);
    context.appendTimeMs = appendTimeOf(read, record);
    if (read.isBackfill !== undefined) context.isBackfill = read.isBackfill;
    context.cause.set(cause, 0, cause.length);
    context.causeSource = this.names.intern(read.causeSource);
    this.ids.spanOf(account, context.entity);
    for (const { before, after } of changes) {
      if (before !== undefined) this.slicer.apply(before.fact, -1);
      if (after !== undefined) this.slicer.apply(after.fact, 1);
      const shown = after ?? before;
      if (shown !== undefined && !this.facts.silent) this.tellOne(shown, after !== undefined);
    }
  }

  private tellOne({ birth, fact }: AccountFact, present: boolean): void {
    const { context } = this.facts;
    const eventId = Buffer.from(birth.eventId);
    context.birth.set(eventId, 0, eventId.length);
    context.birthSource = this.names.intern(birth.source);
    fact.deal = birth.deal === "" ? missing : this.ids.intern(birth.deal);
    this.facts.tell(fact, present);
  }
}

/** When the log got what the record tells: what was known at a time goes by that, whenever this copy was written. */
const appendTimeOf = (read: AccountRecord, record: InputRecord): number => {
  if (read.appendTimeMs !== undefined) return read.appendTimeMs;
  const told = Number(record.header?.(appendedAtHeader));
  return Number.isSafeInteger(told) ? told : record.appendTimeMs;
};

const applied: Treatment = { _tag: "Applied", superseding: false };
const repeated: Treatment = { _tag: "Duplicate", conflict: false };
/** A derived topic's records are counted where they came from: a stranger's changes nothing, and verify names it. */
const passedOver = repeated;
