import type { BoardEventKind } from "../board-source.ts";

/** The page's own words. Titles, windows and groups come with the board, in its reader's language. */
export interface Texts {
  readonly skipToNumbers: string;
  readonly numbers: string;
  readonly feed: string;
  readonly noEvents: string;
  readonly noRows: string;
  readonly waiting: string;
  readonly pause: string;
  readonly resume: string;
  readonly connection: Readonly<Record<"connecting" | "disconnected" | "paused", string>>;
  readonly freshness: Readonly<Record<"live" | "catching_up" | "stale", string>>;
  /** `{time}` and `{count}` are replaced. */
  readonly completeTo: string;
  readonly behind: string;
  readonly partsToGo: string;
  readonly since: string;
  readonly nothingYet: string;
  readonly retrying: string;
  readonly noData: string;
  readonly of: string;
  readonly compared: string;
  readonly unchanged: string;
  readonly noPrior: string;
  readonly better: string;
  readonly worse: string;
  readonly late: string;
  readonly points: string;
  readonly workspaceTime: string;
  readonly duration: Readonly<Record<"days" | "hours" | "minutes" | "seconds", string>>;
  readonly months: string;
  readonly perDay: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly events: Readonly<Record<BoardEventKind, string>>;
}

const en: Texts = {
  skipToNumbers: "Skip to the numbers",
  numbers: "Headline numbers",
  feed: "Latest events",
  noEvents: "Events appear here as they arrive.",
  noRows: "Nobody yet in this period.",
  waiting: "Waiting for the first numbers…",
  pause: "Pause",
  resume: "Resume",
  connection: { connecting: "Connecting", disconnected: "Disconnected", paused: "Paused" },
  freshness: { live: "Live", catching_up: "Catching up", stale: "Stale" },
  completeTo: "Data complete to {time}",
  behind: "{count} events to go",
  partsToGo: "earlier numbers come again, {count} parts to go",
  since: "since {time}",
  nothingYet: "No events yet",
  retrying: "trying again",
  noData: "No data",
  of: "{part} of {whole}",
  compared: "vs {prior}",
  unchanged: "No change",
  noPrior: "Nothing to compare",
  better: "better",
  worse: "worse",
  late: "{duration} late",
  points: "pp",
  workspaceTime: "Workspace time",
  duration: { days: "days", hours: "h", minutes: "min", seconds: "s" },
  months: "months",
  perDay: "/ day",
  flags: {
    small_sample: "small sample",
    no_activity_data: "no calls, emails or meetings recorded",
    not_served: "not kept for this window",
    no_prior: "no earlier period",
    no_data: "nothing recorded in this window",
    zero_denominator: "nothing to divide by in this window",
    no_target: "no target set",
    prior_zero: "the prior period is zero",
  },
  events: {
    lead_created: "New lead",
    responded: "Answered",
    activity: "Activity",
    stage_entered: "Stage",
    won: "Won",
    lost: "Lost",
    no_decision: "No decision",
    reopened: "Reopened",
    spend: "Spend",
    corrected: "Corrected",
    other: "Event",
  },
};

/** Languages by their BCP 47 language subtag; a missing one reads English. */
const languages: Readonly<Record<string, Texts>> = { en };

export const textsFor = (locale: string): Texts => languages[locale.split("-")[0] ?? ""] ?? en;

/** Replaces `{name}` by its value. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
