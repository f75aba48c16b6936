/**
 * What a wallboard needs from the engine: the port that the live view implements. Values are those of
 * `npx leadwire kpi --json`: ratios 0..1, durations in seconds, money in integer minor units with its currency.
 */

/** One headline number. Every text in it is shown as text, never as markup. */
export interface BoardTile {
  /** Unique on the board and stable over restarts, such as `win_rate.30d`. */
  readonly id: string;
  /** The catalogue's metric, with its statistic where it has several: `lead_response_time.p50`. */
  readonly metric: string;
  /** The window as written on the command line: `day`, `24h`, `30d`, `2017-Q3`. */
  readonly window: string;
  /** In the reader's language, such as "Win rate". */
  readonly title: string;
  /** The window in words, such as "last 30 days" or "now". */
  readonly windowText: string;
  /** Null where the formula has no answer: the first of `flags` then says why. */
  readonly value: number | null;
  /** `ratio`, `s`, `money`, `money/day`, `×`, or the noun that is counted (`leads`, `deals`). */
  readonly unit: string;
  /** ISO 4217; present when the unit is money. */
  readonly currency?: string;
  readonly numerator?: number;
  readonly denominator?: number;
  /** How many observations stand behind a value that is not a ratio, such as answered leads behind a median. */
  readonly count?: number;
  /** What `count` counts, in words: "answered leads", "won deals". */
  readonly countText?: string;
  /** The same metric in the prior period; null where that has no answer. */
  readonly prior: number | null;
  /** What the prior is, in a few words: "yesterday by now", "prior 30 days". */
  readonly priorText: string;
  /** Which direction is good news; `neither` colours no change. */
  readonly better: "higher" | "lower" | "neither";
  /** Oldest first, the last one still running; null is a gap. The same number of points at every call. */
  readonly sparkline: ReadonlyArray<number | null>;
  /** What the sparkline covers, in words: "per hour, last 24 hours". */
  readonly sparklineText: string;
  /** The catalogue's cautions: `small_sample`, `no_activity_data`, `zero_denominator`. */
  readonly flags: ReadonlyArray<string>;
}

export interface LeaderboardRow {
  /** The group's value, such as a rep; also the row's identity. */
  readonly name: string;
  readonly value: number;
  /** Observations behind the value, such as won deals. */
  readonly count: number;
}

/** Groups of one metric, best first. */
export interface Leaderboard {
  /** Unique on the board, such as `sales.month.team`. */
  readonly id: string;
  readonly title: string;
  readonly windowText: string;
  /** What a row is, in words: "Rep", "Team". */
  readonly groupText: string;
  /** What `count` counts, in words: "won". */
  readonly countText: string;
  readonly unit: string;
  readonly currency?: string;
  readonly rows: ReadonlyArray<LeaderboardRow>;
}

/** How far the numbers can be trusted right now. */
export interface BoardFreshness {
  /** `stale`: no task has been heard of for longer than its heartbeat allows. */
  readonly state: "live" | "catching_up" | "stale";
  /** The newest event time up to which nothing is missing; null before the first event. */
  readonly completeThroughMs: number | null;
  /** Events in the log that are not applied yet. */
  readonly behindEvents: number;
  /** Parts of earlier numbers that are being told again; absent when all are there. */
  readonly partsToGo?: number;
}

export type BoardEventKind =
  | "lead_created"
  | "responded"
  | "activity"
  | "stage_entered"
  | "won"
  | "lost"
  | "no_decision"
  | "reopened"
  | "spend"
  | "corrected"
  | "other";

/** One line of the feed: what happened, without a sentence, so that any language can show it. */
export interface BoardEvent {
  /** Rises with every event of the feed; from 1. */
  readonly seq: number;
  readonly occurredAtMs: number;
  readonly kind: BoardEventKind;
  /** Whom or what it is about: a lead, a deal, a channel. */
  readonly subject: string;
  readonly by?: string;
  /** A channel, a stage, a kind of activity, a product. */
  readonly detail?: string;
  readonly amountMinor?: number;
  readonly currency?: string;
  /** Set when the event reached the log this long after it happened, and later than the workspace's grace. */
  readonly lateByMs?: number;
}

export interface BoardSnapshot {
  readonly title: string;
  /** BCP 47, such as `en` or `ro`. */
  readonly locale: string;
  /** IANA zone of the workspace: every time on the page is shown in it. */
  readonly timeZone: string;
  readonly freshness: BoardFreshness;
  readonly tiles: ReadonlyArray<BoardTile>;
  readonly leaderboards: ReadonlyArray<Leaderboard>;
}

export interface LiveBoardSource {
  /** The board as it is now. Called at most once per frame and only while someone watches: it may compute. */
  readonly snapshot: () => BoardSnapshot;
  /** Events of the feed above `sinceSeq`, oldest first; at least the newest 50 are kept. 0 asks for all that are kept. */
  readonly events: (sinceSeq: number) => ReadonlyArray<BoardEvent>;
  /**
   * Calls the listener after any change, also when time alone moves a window or the freshness; at most once per batch
   * of changes. The listener never throws and returns at once. Returns the function that ends the subscription.
   */
  readonly subscribe: (listener: () => void) => () => void;
}
