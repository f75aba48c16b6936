import { dimensions, Kind, LiveFact, missing, type Name, sameFact } from "@leadwire/funnel";
import { FactOutput } from "../codec/fact-output.ts";
import { origins } from "../codec/origin.ts";
import { LeadHistory } from "../leads/lead-history.ts";
import type { Slicer } from "../slices/slicer.ts";
import { PagedRows } from "../state/paged-rows.ts";
import type { TaskState } from "../state/task-state.ts";
import { hashSpan, TextTable } from "../state/text-table.ts";
import type { InputRecord, TaskContext, TaskFold, Treatment } from "../task.ts";
import type { OutputBatch } from "../task-output.ts";
import { type AccountEntry, customerStart, isRepeat, readEntry } from "./account-book.ts";

const entitySource = "account";

/**
 * Folds one partition of the account log: the wins that the funnel's tasks tell of, and subscriptions. What comes of it
 * is when each account became a customer, under the dimensions of its latest won deal.
 */
export class AccountTask implements TaskFold {
  readonly names: TextTable;
  /** Account ids; row n is account n. */
  readonly ids = new TextTable();
  /** The newest entry of the account's history, plus one. */
  readonly rows = new PagedRows(0, 2);
  readonly history = new LeadHistory();
  private readonly slicer: Slicer;
  private readonly facts: FactOutput;
  private newestEventMs = Number.NaN;
  private readonly recent = new Map<number, Array<AccountEntry>>();

  constructor(context: TaskContext, names: TextTable, slicer: Slicer) {
    this.names = names;
    this.ids.intern("");
    this.slicer = slicer;
    this.facts = new FactOutput(context, origins.accounts, names, this.ids);
  }

  get occurredAtMs(): number {
    return this.newestEventMs;
  }
  sourceText(): string {
    return entitySource;
  }

  treat(record: InputRecord): Treatment {
    const bytes = Buffer.from(record.bytes.subarray(record.start, record.end));
    const entry = readEntry(bytes);
    const account = this.numberOf(accountOf(entry));
    const held = this.held(account);
    this.newestEventMs = entry._tag === "Win" ? entry.win.fact.atMs : entry.event.occurred_at;
    if (isRepeat(entry, held)) return { _tag: "Duplicate", conflict: false };
    this.append(bytes, account);
    const before = this.factOf(account, held);
    held.push(entry);
    const after = this.factOf(account, held);
    if (before !== undefined && after !== undefined && sameFact(before, after)) return applied;
    if (before !== undefined) this.slicer.apply(before, -1);
    if (after !== undefined) this.slicer.apply(after, 1);
    const shown = after ?? before;
    if (shown !== undefined) this.emit(shown, after !== undefined, account, record, entry);
    return applied;
  }

  get state(): TaskState {
    const { names, ids, rows, slicer, history } = this;
    return {
      rows: [names.rows, ids.rows, rows, slicer.series.rows, slicer.slices.rows],
      arenas: [names.arena, ids.arena, history.arena],
      reindex: () => {
        for (const table of [names, ids, slicer.series, slicer.slices]) table.reindex();
      },
    };
  }

  takeOutput(into: Array<OutputBatch>): void {
    this.facts.take(into);
  }

  private numberOf(account: string): number {
    const number = this.ids.intern(account);
    while (this.rows.length <= number) this.rows.add();
    return number;
  }

  private held(account: number): Array<AccountEntry> {
    const known = this.recent.get(account);
    if (known !== undefined) return known;
    this.rows.locate(account);
    const entries: Array<AccountEntry> = [];
    for (let next = this.rows.i32[this.rows.i32At] as number; next !== 0; ) {
      entries.push(readEntry(this.history.event(next - 1)));
      next = this.history.previous(next - 1) + 1;
    }
    entries.reverse();
    // A bounded number of accounts stays decoded: enough for those that are busy at one time.
    if (this.recent.size >= 256) this.recent.clear();
    this.recent.set(account, entries);
    return entries;
  }

  private append(bytes: Buffer, account: number): void {
    this.rows.change(account);
    const at = this.rows.i32At;
    const previous = (this.rows.i32[at] as number) - 1;
    const hash = hashSpan(bytes, 0, bytes.length);
    const entry = { bytes, start: 0, end: bytes.length, idStart: 0, idEnd: 0 };
    const reference = this.history.add(entry, previous, missing, hash);
    this.rows.i32[at] = reference + 1;
  }

  private factOf(account: number, entries: ReadonlyArray<AccountEntry>): LiveFact | undefined {
    const start = customerStart(entries);
    if (start === undefined) return undefined;
    const fact = new LiveFact();
    fact.kind = Kind.customerNew;
    fact.atMs = start.atMs;
    fact.account = account;
    const win = start.latestWin?.fact;
    if (win === undefined) return fact;
    const [owner, team, region, channel, campaign, segment, product, pipeline] = dimensions.map((dimension) =>
      this.names.intern(win.dimensions[dimension]),
    ) as [Name, Name, Name, Name, Name, Name, Name, Name];
    return Object.assign(fact, { owner, team, region, channel, campaign, segment, product, pipeline });
  }

  private emit(fact: LiveFact, present: boolean, account: Name, record: InputRecord, entry: AccountEntry): void {
    const cause = Buffer.from(entry._tag === "Win" ? entry.win.causeEventId : entry.event.event_id);
    const source = entry._tag === "Win" ? entry.win.causeSource : entry.event.source_system;
    const { context } = this.facts;
    this.facts.begin(record);
    context.cause.set(cause, 0, cause.length);
    context.causeSource = this.names.intern(source);
    this.ids.spanOf(account, context.entity);
    this.ids.spanOf(account, context.birth);
    context.birthSource = this.names.intern(entitySource);
    this.facts.tell(fact, present);
  }
}

const accountOf = (entry: AccountEntry): string =>
  entry._tag === "Win" ? entry.win.fact.accountId : entry.event.account_id;

const applied: Treatment = { _tag: "Applied", superseding: false };
