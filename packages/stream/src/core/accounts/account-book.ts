import type { EventCodec } from "@leadwire/events";
import type { Converter } from "../converter.ts";
import { counting } from "../leads/identity.ts";
import { type AccountEntry, compareEntries, type EventEntry, type WinEntry } from "./account-entry.ts";
import { AccountFacts } from "./account-facts.ts";
import { AccountFold } from "./account-fold.ts";

/** One account, decoded: every entry of its history, its fold where that stands, and the facts that come of both. */
export class AccountBook {
  /** Entries held. */
  size = 0;
  readonly facts = new AccountFacts();
  private readonly account: string;
  private readonly converter: Converter;
  private readonly decode: EventCodec["decodeEvent"];
  /** The newest word on each win. */
  private readonly wins = new Map<string, WinEntry>();
  /** Every content of each event. */
  private readonly events = new Map<string, Array<EventEntry>>();
  private fold: AccountFold;

  constructor(account: string, converter: Converter, decode: EventCodec["decodeEvent"]) {
    this.account = account;
    this.converter = converter;
    this.decode = decode;
    this.fold = new AccountFold(account, this.facts, converter);
  }

  /** Whether an entry tells nothing beyond what is held: the same content, or a win from no later position. */
  isRepeat(entry: AccountEntry): boolean {
    if (entry._tag === "Win") {
      const held = this.wins.get(entry.key);
      return held !== undefined && held.version >= entry.version;
    }
    return this.events.get(entry.key)?.some((held) => held.bytes.equals(entry.bytes)) === true;
  }

  /**
   * Adds an entry that is no repeat; what changes stands in `facts`. One that was never seen before is mostly one step,
   * any other folds the whole history.
   */
  add(entry: AccountEntry): void {
    const isNew = this.keep(entry);
    const counts = entry._tag === "Win" ? entry.present : !entry.voided;
    if (isNew && !counts) return;
    if (isNew && this.fold.takes(entry)) this.fold.step(entry);
    else this.foldWhole();
  }

  /** Takes a history as it is held, in any order; nothing of it counts as changed. */
  load(entries: Iterable<AccountEntry>): void {
    for (const entry of entries) this.keep(entry);
    this.foldWhole();
    this.facts.takeChanges();
  }

  /** Answers whether its key is new. */
  private keep(entry: AccountEntry): boolean {
    this.size += 1;
    if (entry._tag === "Win") {
      const held = this.wins.get(entry.key);
      if (held === undefined || entry.version > held.version) this.wins.set(entry.key, entry);
      return held === undefined;
    }
    const held = this.events.get(entry.key);
    if (held === undefined) this.events.set(entry.key, [entry]);
    else held.push(entry);
    return held === undefined;
  }

  private foldWhole(): void {
    this.facts.clear();
    this.fold = new AccountFold(this.account, this.facts, this.converter);
    this.fold.whole(this.countingEntries().sort(compareEntries));
  }

  private countingEntries(): Array<AccountEntry> {
    const entries: Array<AccountEntry> = [];
    for (const win of this.wins.values()) if (win.present) entries.push(win);
    for (const contents of this.events.values()) entries.push(...counting(contents, this.decode));
    return entries;
  }
}
