import { dayMs } from "@leadwire/events";
import type { BusinessDay } from "../workspace.ts";
import { weekdayOf } from "./civil-day.ts";
import type { ZoneCalendar } from "./zone-calendar.ts";

const minuteMs = 60_000;
/** Days are looked up in blocks, built when first asked for: about a year and a half each. */
const blockBits = 9;
const blockDays = 1 << blockBits;
/** Without an open day for this long no deadline is looked for any further. */
const idleDaysMax = 4 * 366;

/** The business intervals of some hundred days and the day after them, as instants. */
interface Block {
  /** The intervals of the block's day n are those from `first[n]` up to `first[n + 1]`. */
  readonly first: Int32Array;
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
  /** Business time of the block before each of its intervals, and before the end. */
  readonly beforeMs: Float64Array;
}

/**
 * A workspace's business hours in its zone: how much business time lies between instants, and when some has passed.
 * People may have zones of their own: business time is the workspace's all the same, so that it adds up over them.
 */
export class BusinessHours {
  readonly #calendar: ZoneCalendar;
  /** By weekday (index 1 Monday … 7 Sunday), in the order of the day. */
  readonly #byWeekday: ReadonlyArray<ReadonlyArray<BusinessDay>>;
  readonly #holidays: ReadonlySet<number>;
  readonly #isNever: boolean;
  readonly #blocks = new Map<number, Block>();
  /** The block asked for last: mostly the next one too. */
  #blockNumber = Number.NaN;
  #block: Block | undefined;

  constructor(calendar: ZoneCalendar, hours: ReadonlyArray<BusinessDay>, holidays: ReadonlyArray<number>) {
    this.#calendar = calendar;
    this.#byWeekday = Array.from({ length: 8 }, (_, weekday) =>
      hours.filter((day) => day.weekday === weekday).sort((a, b) => a.fromMinute - b.fromMinute),
    );
    this.#holidays = new Set(holidays);
    this.#isNever = hours.length === 0;
  }

  /** Business milliseconds in [fromMs, toMs); 0 where `toMs` is not later. An hour that clocks skip does not count. */
  elapsedMs(fromMs: number, toMs: number): number {
    if (this.#isNever || !(toMs > fromMs)) return 0;
    const fromDay = this.#calendar.localDay(fromMs);
    const toDay = this.#calendar.localDay(toMs);
    const fromBlock = fromDay >> blockBits;
    const toBlock = toDay >> blockBits;
    let elapsed = this.#passedMs(toBlock, toDay, toMs) - this.#passedMs(fromBlock, fromDay, fromMs);
    for (let number = fromBlock; number < toBlock; number += 1) elapsed += totalMs(this.#blockOf(number));
    return elapsed;
  }

  /**
   * The first instant by which `businessMs` of business time have passed since `fromMs`; undefined when none comes
   * within four years (no hours, or holidays only).
   */
  afterMs(fromMs: number, businessMs: number): number | undefined {
    if (businessMs <= 0) return fromMs;
    if (this.#isNever) return undefined;
    let left = businessMs;
    const firstDay = this.#calendar.localDay(fromMs) - 1;
    for (let day = firstDay, idleDays = 0; idleDays < idleDaysMax; day++) {
      const block = this.#blockOf(day >> blockBits);
      const inBlock = day & (blockDays - 1);
      const before = left;
      for (let n = block.first[inBlock] as number; n < (block.first[inBlock + 1] as number); n += 1) {
        const startMs = Math.max(block.fromMs[n] as number, fromMs);
        const length = (block.toMs[n] as number) - startMs;
        if (length >= left) return startMs + left;
        if (length > 0) left -= length;
      }
      idleDays = left === before ? idleDays + 1 : 0;
    }
    return undefined;
  }

  /**
   * Business time from the beginning of a block up to an instant of one of its days. All days before that one are over;
   * the next one may have begun already, where clocks go back over midnight.
   */
  #passedMs(number: number, day: number, instantMs: number): number {
    const block = this.#blockOf(number);
    const inBlock = day & (blockDays - 1);
    let n = block.first[inBlock] as number;
    const end = block.first[inBlock + 2] as number;
    let passed = block.beforeMs[n] as number;
    for (; n < end && (block.fromMs[n] as number) < instantMs; n += 1) {
      passed += Math.min(block.toMs[n] as number, instantMs) - (block.fromMs[n] as number);
    }
    return passed;
  }

  #blockOf(number: number): Block {
    if (number === this.#blockNumber && this.#block !== undefined) return this.#block;
    let block = this.#blocks.get(number);
    if (block === undefined) {
      block = this.#build(number << blockBits);
      this.#blocks.set(number, block);
    }
    this.#blockNumber = number;
    this.#block = block;
    return block;
  }

  #build(firstDay: number): Block {
    const first = new Int32Array(blockDays + 2);
    const fromMs: Array<number> = [];
    const toMs: Array<number> = [];
    const beforeMs: Array<number> = [0];
    for (let n = 0; n <= blockDays; n += 1) {
      const day = firstDay + n;
      first[n] = fromMs.length;
      if (this.#holidays.has(day)) continue;
      for (const { fromMinute, toMinute } of this.#byWeekday[weekdayOf(day)] ?? []) {
        const openMs = this.#calendar.instantOfWall(day * dayMs + fromMinute * minuteMs);
        const closeMs = this.#calendar.instantOfWall(day * dayMs + toMinute * minuteMs);
        fromMs.push(openMs);
        toMs.push(closeMs);
        beforeMs.push((beforeMs.at(-1) as number) + closeMs - openMs);
      }
    }
    first[blockDays + 1] = fromMs.length;
    return {
      first,
      fromMs: Float64Array.from(fromMs),
      toMs: Float64Array.from(toMs),
      beforeMs: Float64Array.from(beforeMs),
    };
  }
}

/** Without the day after it. */
const totalMs = ({ first, beforeMs }: Block): number => beforeMs[first[blockDays] as number] as number;
