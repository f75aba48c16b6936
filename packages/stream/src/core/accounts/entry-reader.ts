import { dayMs, frameId, isOneOf } from "@leadwire/events";
import { dimensions, monthsLater, type NameTable, type ZoneCalendar } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import type { TaskCodecs } from "../codec/derived-ids.ts";
import { decodeFactChange, type FactMessage } from "../codec/fact-codec.ts";
import type { TaskContext } from "../task.ts";
import type { AccountEntry, Birth, EventEntry, WinEntry } from "./account-entry.ts";

/** All but the stage, which a win has none of. */
const accountDimensions = dimensions.filter((dimension) => dimension !== "stage");

/** One record of the account log: whose it is, what it says, and which event caused it. */
export interface AccountRecord {
  readonly account: string;
  readonly entry: AccountEntry;
  readonly causeSource: string;
  readonly causeEventId: string;
  /** When the log got what caused it; undefined where only the record's header tells. */
  readonly appendTimeMs: number | undefined;
  /** Whether what caused it came by a backfill; undefined where only the record's header tells. */
  readonly isBackfill: boolean | undefined;
}

/** Reads records of the account log. */
export class EntryReader {
  private readonly codecs: TaskCodecs;
  private readonly names: NameTable;
  private readonly calendar: ZoneCalendar;
  private readonly activeForMs: number;

  constructor({ workspace, calendar }: TaskContext, codecs: TaskCodecs, names: NameTable) {
    this.codecs = codecs;
    this.names = names;
    this.calendar = calendar;
    this.activeForMs = workspace.customerActiveForDays * dayMs;
  }

  /** Throws on bytes that no task of ours wrote. */
  read(bytes: Buffer): AccountRecord {
    const { ids, decodeEvent } = this.codecs;
    if (isOneOf(ids.fact, frameId(bytes, 0, bytes.length))) {
      const win = decodeFactChange(bytes, 0, bytes.length, ids);
      const { causeSource, causeEventId, appendTimeMs, isBackfill } = win;
      const entry = this.winOf(win);
      return { account: win.fact.accountId, entry, causeSource, causeEventId, appendTimeMs, isBackfill };
    }
    const decoded = decodeEvent(bytes);
    if (isLeft(decoded)) throw new Error(`the account log holds what cannot be read: ${decoded.left.detail}`);
    const event = decoded.right;
    if (event.type !== "subscription-changed" && event.type !== "survey-answered") {
      throw new Error(`the account log holds a ${event.type}, which is no event of an account`);
    }
    return {
      account: event.account_id,
      entry: eventEntry(event, bytes),
      causeSource: event.source_system,
      causeEventId: event.event_id,
      appendTimeMs: undefined,
      isBackfill: undefined,
    };
  }

  private winOf({ fact, partition, version, present }: FactMessage): WinEntry {
    const { atMs, termMonths } = fact;
    return {
      _tag: "Win",
      key: `w${partition}\0${fact.factId}`,
      version,
      present,
      atMs,
      endMs: termMonths === null ? atMs + this.activeForMs : monthsLater(this.calendar, atMs, termMonths),
      birth: birthOf(fact.factId),
      dimensions: accountDimensions.map((dimension) => this.names.intern(fact.dimensions[dimension])),
    };
  }
}

const eventEntry = (event: EventEntry["event"], bytes: Buffer): EventEntry => {
  const { source_system: source, event_id: eventId, revision, voided, occurred_at: atMs } = event;
  const birth = { source, eventId, deal: "" };
  return { _tag: "Event", key: `s${source}\0${eventId}`, source, eventId, revision, voided, bytes, atMs, birth, event };
};

/**
 * The event that a win's fact is born of, out of the fact's id (`source/event/deal_closed/0`, then perhaps the deal). A
 * source with a slash in it is cut at the first: put together again it is the same id.
 */
const birthOf = (factId: string): Birth => {
  const [, event, deal = ""] = /^(.*)\/deal_closed\/\d+(?:\/(.*))?$/su.exec(factId) ?? [];
  if (event === undefined) throw new Error(`the account log holds ${factId}, which is no won deal`);
  const cut = event.indexOf("/");
  return { source: event.slice(0, cut), eventId: event.slice(cut + 1), deal };
};
