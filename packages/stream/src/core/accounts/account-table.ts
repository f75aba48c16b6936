import { missing, type Name } from "@leadwire/funnel";
import { bloomWords, type IdCursor } from "../leads/known-ids.ts";
import { PagedRows } from "../state/paged-rows.ts";

const Wide = { startMs: 0, latestAtMs: 1 } as const;
const Narrow = { history: 0, events: 1, flags: 2, latest: 3, dimensions: 4, bloom: 12 } as const;
const Flag = { customer: 1, won: 2 } as const;
/** All but the stage, which a win has none of. */
export const accountDimensions = 8;

/** What an account's history comes to, and where that stands. Enough for an entry that was never seen before. */
export class AccountSummary implements IdCursor {
  /** When it became a customer; NaN: it never did. */
  startMs = Number.NaN;
  /** Time of its latest standing win, and the entry that tells of it; NaN and -1: none. */
  latestAtMs = Number.NaN;
  latest = -1;
  /** Of that win, in the order of `dimensions`. */
  readonly dimensions: Array<Name> = Array.from({ length: accountDimensions }, () => missing);
  history = -1;
  events = 0;
  readonly bloom = new Int32Array(bloomWords);

  get isCustomer(): boolean {
    return !Number.isNaN(this.startMs);
  }
  get hasWon(): boolean {
    return !Number.isNaN(this.latestAtMs);
  }
}

/** The summaries of all accounts of a task: row n is account n. A row of zeros is an account without a history. */
export class AccountTable {
  readonly rows = new PagedRows(2, 20);

  /** Makes rows up to that of an account. */
  reach(account: number): void {
    while (this.rows.length <= account) this.rows.add();
  }

  load(account: number, summary: AccountSummary): void {
    this.rows.locate(account);
    const { f64, i32, f64At: f, i32At: i } = this.rows;
    const flags = i32[i + Narrow.flags] as number;
    summary.startMs = (flags & Flag.customer) === 0 ? Number.NaN : (f64[f + Wide.startMs] as number);
    summary.latestAtMs = (flags & Flag.won) === 0 ? Number.NaN : (f64[f + Wide.latestAtMs] as number);
    summary.latest = (i32[i + Narrow.latest] as number) - 1;
    summary.history = (i32[i + Narrow.history] as number) - 1;
    summary.events = i32[i + Narrow.events] as number;
    for (let n = 0; n < bloomWords; n += 1) summary.bloom[n] = i32[i + Narrow.bloom + n] as number;
    for (let n = 0; n < accountDimensions; n += 1) {
      summary.dimensions[n] = i32[i + Narrow.dimensions + n] as number;
    }
  }

  store(account: number, summary: AccountSummary): void {
    this.rows.change(account);
    const { f64, i32, f64At: f, i32At: i } = this.rows;
    f64[f + Wide.startMs] = summary.startMs;
    f64[f + Wide.latestAtMs] = summary.latestAtMs;
    i32[i + Narrow.flags] = (summary.isCustomer ? Flag.customer : 0) | (summary.hasWon ? Flag.won : 0);
    i32[i + Narrow.latest] = summary.latest + 1;
    i32[i + Narrow.history] = summary.history + 1;
    i32[i + Narrow.events] = summary.events;
    for (let n = 0; n < bloomWords; n += 1) i32[i + Narrow.bloom + n] = summary.bloom[n] as number;
    for (let n = 0; n < accountDimensions; n += 1) {
      i32[i + Narrow.dimensions + n] = summary.dimensions[n] ?? missing;
    }
  }
}
