import { dimensions, Kind, LiveFact, missing, sameFact } from "@leadwire/funnel";
import { viewOf } from "@leadwire/log";
import { type TaskCodecs, taskCodecs } from "../codec/derived-ids.ts";
import type { FactMessage } from "../codec/fact-codec.ts";
import { FactOutput } from "../codec/fact-output.ts";
import { origins } from "../codec/origin.ts";
import { accountLogStranger, type IsStranger } from "../codec/stranger.ts";
import { KnownIds } from "../leads/known-ids.ts";
import { LeadHistory } from "../leads/lead-history.ts";
import type { Slicer } from "../slices/slicer.ts";
import type { TaskState } from "../state/task-state.ts";
import { hashSpan, TextTable } from "../state/text-table.ts";
import type { InputRecord, TaskContext, TaskFold, Treatment } from "../task.ts";
import type { OutputBatch } from "../task-output.ts";
import { type AccountEntry, customerStart, entryKey, isLater, isRepeat, readEntry } from "./account-book.ts";
import { AccountSummary, AccountTable, accountDimensions } from "./account-table.ts";

const entitySource = "account";
const busyAccountsMax = 256;

/**
 * Folds one partition of the account log: the wins that the funnel's tasks tell of, and subscriptions. What comes of it
 * is when each account became a customer, under the dimensions of its latest won deal. An entry never seen before is
 * one step on the account's summary; any other folds the account's whole history.
 */
export class AccountTask implements TaskFold {
  readonly names: TextTable;
  /** Account ids; row n is account n. */
  readonly ids = new TextTable();
  readonly accounts = new AccountTable();
  readonly history = new LeadHistory();
  private readonly slicer: Slicer;
  private readonly known = new KnownIds(this.history);
  private readonly facts: FactOutput;
  private readonly codecs: TaskCodecs;
  private readonly isStranger: IsStranger;
  private readonly summary = new AccountSummary();
  private newestEventMs = Number.NaN;
  /** Histories of accounts that were folded whole, decoded, in the order of arrival. */
  private readonly busy = new Map<number, Array<AccountEntry & { readonly reference: number }>>();

  constructor(context: TaskContext, names: TextTable, slicer: Slicer) {
    this.names = names;
    this.ids.intern("");
    this.slicer = slicer;
    this.codecs = taskCodecs(context.registry);
    this.isStranger = accountLogStranger(this.codecs.registry);
    this.facts = new FactOutput(context, origins.accounts, names, this.ids);
  }

  get occurredAtMs(): number {
    return this.newestEventMs;
  }
  sourceText(): string {
    return entitySource;
  }

  treat(record: InputRecord): Treatment {
    if (this.isStranger(record.bytes, record.start, record.end)) return passedOver;
    const bytes = Buffer.from(record.bytes.subarray(record.start, record.end));
    const entry = readEntry(bytes, this.codecs);
    const account = this.ids.intern(accountOf(entry));
    this.accounts.reach(account);
    const { summary } = this;
    this.accounts.load(account, summary);
    this.newestEventMs = entry._tag === "Win" ? entry.win.fact.atMs : entry.event.occurred_at;
    const key = Buffer.from(entryKey(entry));
    const keyHash = hashSpan(viewOf(key), 0, key.length);
    const isNew = !this.known.mayHold(account, summary, keyHash);
    if (!isNew && isRepeat(entry, this.entriesOf(account))) return repeated;
    const before = this.factOf(account);
    this.append(entry, bytes, account, keyHash);
    if (isNew) this.step(entry);
    else this.foldWhole(account);
    this.accounts.store(account, summary);
    this.change(before, this.factOf(account), account, record, entry);
    return applied;
  }

  get state(): TaskState {
    const { names, ids, accounts, slicer, history } = this;
    return {
      rows: [names.rows, ids.rows, accounts.rows, slicer.series.rows, slicer.slices.rows],
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

  /** An entry whose key the account has never held can only begin earlier, or be the latest win. */
  private step(entry: AccountEntry): void {
    const { summary } = this;
    if (entry._tag === "Subscription") {
      if (!entry.event.voided && entry.event.mrr_minor > 0) this.startAt(entry.event.occurred_at);
      return;
    }
    if (!entry.win.present) return;
    this.startAt(entry.win.fact.atMs);
    if (!summary.hasWon || this.isLaterThanLatest(entry.win)) this.latestIs(entry.win, summary.history);
  }

  private startAt(atMs: number): void {
    const { summary } = this;
    if (!summary.isCustomer || atMs < summary.startMs) summary.startMs = atMs;
  }

  private isLaterThanLatest(win: FactMessage): boolean {
    const { latest, latestAtMs } = this.summary;
    if (win.fact.atMs !== latestAtMs) return win.fact.atMs > latestAtMs;
    const held = readEntry(this.history.event(latest), this.codecs);
    return held._tag !== "Win" || isLater(win, held.win);
  }

  private latestIs(win: FactMessage, reference: number): void {
    const { summary, names } = this;
    summary.latest = reference;
    summary.latestAtMs = win.fact.atMs;
    for (let n = 0; n < accountDimensions; n += 1) {
      const dimension = dimensions[n];
      summary.dimensions[n] = dimension === undefined ? missing : names.intern(win.fact.dimensions[dimension]);
    }
  }

  private foldWhole(account: number): void {
    const { summary } = this;
    const entries = this.entriesOf(account);
    const start = customerStart(entries, this.codecs.decodeEvent);
    summary.startMs = start?.atMs ?? Number.NaN;
    summary.latestAtMs = Number.NaN;
    summary.latest = -1;
    summary.dimensions.fill(missing);
    const latest = start?.latestWin;
    if (latest === undefined) return;
    const entry = entries.findLast((held) => held._tag === "Win" && held.win === latest);
    if (entry === undefined) throw new Error("an account's latest win is not in its history");
    this.latestIs(latest, entry.reference);
  }

  private entriesOf(account: number): ReadonlyArray<AccountEntry & { readonly reference: number }> {
    const known = this.busy.get(account);
    if (known !== undefined) return known;
    const entries: Array<AccountEntry & { readonly reference: number }> = [];
    for (let at = this.summary.history; at !== -1; at = this.history.previous(at)) {
      entries.push({ ...readEntry(this.history.event(at), this.codecs), reference: at });
    }
    entries.reverse();
    // A bounded number of accounts stays decoded: enough for those that change at one time.
    if (this.busy.size >= busyAccountsMax) this.busy.clear();
    this.busy.set(account, entries);
    return entries;
  }

  private append(entry: AccountEntry, bytes: Buffer, account: number, keyHash: number): void {
    const { summary } = this;
    this.known.add(account, summary, keyHash);
    const place = { bytes, start: 0, end: bytes.length, idStart: 0, idEnd: 0 };
    summary.history = this.history.add(place, summary.history, missing, keyHash);
    summary.events += 1;
    this.busy.get(account)?.push({ ...entry, reference: summary.history });
  }

  private factOf(account: number): LiveFact | undefined {
    const { summary } = this;
    if (!summary.isCustomer) return undefined;
    const fact = new LiveFact();
    fact.kind = Kind.customerNew;
    fact.atMs = summary.startMs;
    fact.account = account;
    const [owner, team, region, channel, campaign, segment, product, pipeline] = summary.dimensions;
    fact.owner = owner ?? missing;
    fact.team = team ?? missing;
    fact.region = region ?? missing;
    fact.channel = channel ?? missing;
    fact.campaign = campaign ?? missing;
    fact.segment = segment ?? missing;
    fact.product = product ?? missing;
    fact.pipeline = pipeline ?? missing;
    return fact;
  }

  private change(
    before: LiveFact | undefined,
    after: LiveFact | undefined,
    account: number,
    record: InputRecord,
    entry: AccountEntry,
  ): void {
    if (before !== undefined && after !== undefined && sameFact(before, after)) return;
    if (before !== undefined) this.slicer.apply(before, -1);
    if (after !== undefined) this.slicer.apply(after, 1);
    const shown = after ?? before;
    if (shown === undefined) return;
    const cause = Buffer.from(entry._tag === "Win" ? entry.win.causeEventId : entry.event.event_id);
    const source = entry._tag === "Win" ? entry.win.causeSource : entry.event.source_system;
    const { context } = this.facts;
    this.facts.begin(record);
    context.cause.set(cause, 0, cause.length);
    context.causeSource = this.names.intern(source);
    this.ids.spanOf(account, context.entity);
    this.ids.spanOf(account, context.birth);
    context.birthSource = this.names.intern(entitySource);
    this.facts.tell(shown, after !== undefined);
  }
}

const accountOf = (entry: AccountEntry): string =>
  entry._tag === "Win" ? entry.win.fact.accountId : entry.event.account_id;

const applied: Treatment = { _tag: "Applied", superseding: false };
const repeated: Treatment = { _tag: "Duplicate", conflict: false };
/** A derived topic's records are counted where they came from: a stranger's changes nothing, and verify names it. */
const passedOver = repeated;
