import type { BoardEventKind } from "../../board-source.ts";

/** A sentence in the forms that a language has for numbers (Intl.PluralRules); `{count}` is the number. */
export type Counted = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** The page's own words. Names of metrics come from the catalogue, titles and texts of tiles from the board's file. */
export interface Texts {
  readonly skipToBoard: string;
  /** The board, to a screen reader. */
  readonly tiles: string;
  readonly boards: string;
  readonly slideshows: string;
  readonly settings: string;
  readonly language: string;
  readonly theme: string;
  readonly themes: Readonly<Record<"board" | "auto" | "light" | "dark" | "contrast", string>>;
  readonly waiting: string;
  readonly noBoards: string;
  /** `{board}` */
  readonly boardGone: string;
  readonly pause: string;
  readonly resume: string;
  readonly workspaceTime: string;
  readonly close: string;

  readonly connection: Readonly<Record<"connecting" | "disconnected" | "paused", string>>;
  readonly freshness: Readonly<Record<"live" | "catching_up" | "stale", string>>;
  /** `{time}` */
  readonly completeTo: string;
  readonly behind: Counted;
  readonly partsToGo: Counted;
  /** The same in a tile's head, where there is room for three words. */
  readonly behindShort: Counted;
  /** `{time}` */
  readonly since: string;
  readonly nothingYet: string;
  readonly retrying: string;
  /** `{time}` */
  readonly changedAt: string;
  /** The server watches a board while somebody does: what was before, it cannot tell. */
  readonly neverChanged: string;
  /** `{time}`: a number that was asked for, and when. */
  readonly asOf: string;
  readonly askedNotPushed: string;

  readonly restated: string;
  readonly restatedTitle: string;
  readonly restatedBefore: string;
  readonly restatedAfter: string;
  readonly restatedWhy: string;
  /** `{time}` */
  readonly restatedAt: string;

  readonly noData: string;
  /** `{part}`, `{whole}` */
  readonly of: string;
  readonly sampleSize: string;
  /** `{prior}` */
  readonly compared: string;
  readonly unchanged: string;
  readonly noPrior: string;
  readonly better: string;
  readonly worse: string;
  readonly points: string;
  readonly months: string;
  readonly perDay: string;
  readonly duration: Readonly<Record<"days" | "hours" | "minutes" | "seconds", string>>;
  /** `{number}`: opens what stands behind it. */
  readonly explain: string;

  readonly window: Readonly<Record<"now" | "day" | "week" | "month" | "quarter" | "year" | "all", string>>;
  readonly lastHours: Counted;
  readonly lastDays: Counted;
  readonly prior: Readonly<Record<"now" | "day" | "week" | "month" | "quarter" | "year" | "period", string>>;
  readonly priorHours: Counted;
  readonly priorDays: Counted;
  readonly yearAgo: string;
  /** What a line of points covers. */
  readonly course: Readonly<Record<"hour" | "day" | "week" | "month", Counted>>;
  readonly statistics: Readonly<Record<string, string>>;
  readonly dimensions: Readonly<Record<string, string>>;

  /** `{target}` */
  readonly target: string;
  readonly reached: string;
  /** `{percent}` */
  readonly ofTarget: string;
  readonly withinTarget: string;
  readonly overTarget: string;
  readonly aheadOfPace: string;
  readonly behindPace: string;
  /** `{amount}` */
  readonly toGo: string;
  /** `{amount}`: where the value should be by now. */
  readonly pace: string;

  /** Of tiles without a metric of their own. */
  readonly titles: Readonly<
    Record<"funnel" | "histogram" | "pipeline" | "waterfall" | "feed" | "alerts" | "waiting" | "text" | "image", string>
  >;
  readonly noEvents: string;
  /** `{duration}` */
  readonly late: string;
  readonly noAlerts: string;
  readonly alertStatus: Readonly<Record<"pending" | "firing" | "resolved", string>>;
  readonly severities: Readonly<Record<string, string>>;
  readonly nobodyWaits: string;
  readonly leadsWaiting: Counted;
  readonly leadsLate: Counted;
  /** `{clock}` */
  readonly dueIn: string;
  readonly overdueBy: string;
  readonly waitsFor: string;
  readonly noOwner: string;

  readonly charts: {
    /** Of the last point, whose hour, day, week or month is not over. */
    readonly soFar: string;
    /** Groups beyond the largest. */
    readonly others: string;
    /** `{name}`, `{low}`, `{high}`, `{newest}`: a course, spoken. */
    readonly course: string;
    /** `{percent}`: of a stage's entries, on to the next. */
    readonly goOn: string;
    /** Behind a percentage. `{first}`, `{last}`: the stages from and to which it leads. */
    readonly throughout: string;
    readonly deals: Counted;
    /** Steps of the MRR waterfall, with `start` and `end`. */
    readonly movements: Readonly<Record<string, string>>;
    /** `{duration}` */
    readonly sla: string;
    /** Behind a percentage. `{duration}` */
    readonly within: string;
    /** `{duration}` */
    readonly upTo: string;
    readonly over: string;
    readonly responses: Counted;
  };

  /** What stands behind a number. */
  readonly explained: {
    readonly title: string;
    readonly reading: string;
    readonly unreachable: string;
    readonly tryAgain: string;
    readonly formula: string;
    readonly window: string;
    /** `{from}`, `{to}` */
    readonly between: string;
    /** `{to}` */
    readonly until: string;
    /** `{time}` */
    readonly readAt: string;
    readonly addsUp: string;
    readonly doesNotAddUp: string;
    /** What a formula is made of. */
    readonly parts: Readonly<Record<string, string>>;
    readonly facts: Counted;
    readonly sameFacts: string;
    /** `{shown}`, `{count}` */
    readonly shown: string;
    readonly more: string;
    readonly when: string;
    readonly fact: string;
    readonly about: string;
    readonly value: string;
    readonly events: string;
    /** How an event stands to its fact; `origin` needs no word. */
    readonly roles: Readonly<Record<"cause" | "creation", string>>;
    readonly plan: string;
    readonly planned: Readonly<Record<string, string>>;
    readonly sql: string;
    readonly sqlNote: string;
    readonly command: string;
    readonly copy: string;
    readonly copied: string;
    /** Which of a tile's numbers. */
    readonly point: string;
    readonly step: string;
    readonly everything: string;
    readonly entries: string;
    readonly advances: string;
    /** Kinds of facts and their outcomes. */
    readonly kinds: Readonly<Record<string, string>>;
    readonly outcomes: Readonly<Record<string, string>>;
  };
  readonly celebration: {
    /** To a screen reader: where it is said. */
    readonly label: string;
    /** `{rep}`, `{deal}` */
    readonly won: string;
    /** `{deal}`: where nobody is named. */
    readonly wonAlone: string;
    /** `{title}` */
    readonly reached: string;
  };

  readonly editBoard: string;
  readonly newBoard: string;
  readonly show: {
    /** `{slide}`, `{slides}` */
    readonly position: string;
    readonly previous: string;
    readonly next: string;
    readonly leave: string;
    /** `{show}` */
    readonly gone: string;
    /** The television's link was revoked, or its time is over. */
    readonly ended: string;
  };

  readonly flags: Readonly<Record<string, string>>;
  readonly events: Readonly<Record<BoardEventKind, string>>;
}

/** Replaces `{name}` by its value. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
