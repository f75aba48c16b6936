/** A workspace: what a company tells us about itself. One YAML file, a default for every line (workspace-file.ts). */

export interface Stage {
  readonly id: string;
  /** Chance of winning in 1/10,000. */
  readonly probability: number;
}

export interface Pipeline {
  readonly id: string;
  /** In order; entering one counts as having passed those before it. */
  readonly stages: ReadonlyArray<Stage>;
  /** Index of the first stage that counts as qualified, and as an opportunity. */
  readonly qualifiedFrom: number;
  readonly opportunityFrom: number;
}

/** Where a person works, from a date on (days since 1970-01-01; undefined: always). */
export interface Placement {
  readonly rep: string;
  readonly fromDay?: number;
  readonly team?: string;
  readonly region?: string;
  readonly zone?: string;
}

/** One unit of `currency` is worth `rate` units of the workspace's currency, from a local date on. */
export interface Rate {
  readonly currency: string;
  readonly fromDay: number;
  /** A decimal number as written, such as "1.0842". */
  readonly rate: string;
}

/** Business hours of one weekday (1 Monday … 7 Sunday), in minutes of the local day. */
export interface BusinessDay {
  readonly weekday: number;
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface Workspace {
  readonly timeZone: string;
  readonly currency: string;
  readonly rates: ReadonlyArray<Rate>;
  /** 1 January … 12 December. */
  readonly fiscalYearStartMonth: number;
  /** 1 Monday … 7 Sunday; moves only the window `week`. */
  readonly weekStart: number;
  readonly businessHours: ReadonlyArray<BusinessDay>;
  /** Days since 1970-01-01. */
  readonly holidays: ReadonlyArray<number>;
  readonly responseSlaMs: number;
  readonly graceMs: number;
  readonly customerActiveForDays: number;
  readonly people: ReadonlyArray<Placement>;
  readonly pipelines: ReadonlyArray<Pipeline>;
}

/** The workspace of an empty file. */
export const defaultWorkspace: Workspace = {
  timeZone: "UTC",
  currency: "USD",
  rates: [],
  fiscalYearStartMonth: 1,
  weekStart: 1,
  businessHours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 9 * 60, toMinute: 17 * 60 })),
  holidays: [],
  responseSlaMs: 5 * 60_000,
  graceMs: 3_600_000,
  customerActiveForDays: 365,
  people: [],
  pipelines: [
    {
      id: "default",
      stages: [
        { id: "new", probability: 500 },
        { id: "contacted", probability: 1000 },
        { id: "qualified", probability: 2500 },
        { id: "proposal", probability: 5000 },
        { id: "negotiation", probability: 7500 },
      ],
      qualifiedFrom: 2,
      opportunityFrom: 3,
    },
  ],
};
