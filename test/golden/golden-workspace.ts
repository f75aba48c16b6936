import { defaultWorkspace, type Pipeline, type Placement, type Rate, type Workspace } from "@leadwire/funnel";
import { localDay } from "../oracle/local-time.ts";

/** The `workspace:` of a golden case: the default, and what the case says differs. */
export interface GoldenWorkspace {
  readonly time_zone?: string;
  readonly currency?: string;
  readonly rates?: ReadonlyArray<{ readonly currency: string; readonly from: string; readonly rate: string }>;
  /** 1 January … 12 December. */
  readonly fiscal_year_start?: number;
  /** 1 Monday … 7 Sunday. */
  readonly week_start?: number;
  readonly response_sla_minutes?: number;
  readonly customer_active_for_days?: number;
  /** Hours of weekdays (1 Monday … 7 Sunday): `[{ weekday: 1, from: "09:00", to: "17:00" }]`. */
  readonly business_hours?: ReadonlyArray<{ readonly weekday: number; readonly from: string; readonly to: string }>;
  readonly holidays?: ReadonlyArray<string>;
  readonly people?: ReadonlyArray<{
    readonly rep: string;
    readonly from?: string;
    readonly team?: string;
    readonly region?: string;
  }>;
  readonly pipelines?: ReadonlyArray<{
    readonly id: string;
    readonly stages: ReadonlyArray<string>;
    /** Chances of winning in 1/10,000, stage by stage; 5,000 each where not stated. */
    readonly probabilities?: ReadonlyArray<number>;
    readonly qualified: string;
    readonly opportunity: string;
  }>;
}

const dayOf = (date: string): number => localDay(Date.parse(`${date}T00:00:00Z`), "UTC");

const ratesOf = ({ rates = [] }: GoldenWorkspace): ReadonlyArray<Rate> =>
  rates.map(({ currency, from, rate }) => ({ currency, fromDay: dayOf(from), rate: String(rate) }));

const peopleOf = ({ people = [] }: GoldenWorkspace): ReadonlyArray<Placement> =>
  people.map(({ from, ...person }) => (from === undefined ? person : { ...person, fromDay: dayOf(from) }));

const minuteOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
};

const hoursOf = ({ business_hours }: GoldenWorkspace): Workspace["businessHours"] =>
  business_hours?.map(({ weekday, from, to }) => ({ weekday, fromMinute: minuteOf(from), toMinute: minuteOf(to) })) ??
  defaultWorkspace.businessHours;

const pipelinesOf = ({ pipelines }: GoldenWorkspace): ReadonlyArray<Pipeline> =>
  pipelines?.map(({ id, stages, probabilities, qualified, opportunity }) => ({
    id,
    stages: stages.map((stage, rank) => ({ id: stage, probability: probabilities?.[rank] ?? 5000 })),
    qualifiedFrom: stages.indexOf(qualified),
    opportunityFrom: stages.indexOf(opportunity),
  })) ?? defaultWorkspace.pipelines;

export const workspaceOf = (golden: GoldenWorkspace): Workspace => ({
  ...defaultWorkspace,
  timeZone: golden.time_zone ?? defaultWorkspace.timeZone,
  currency: golden.currency ?? defaultWorkspace.currency,
  fiscalYearStartMonth: golden.fiscal_year_start ?? defaultWorkspace.fiscalYearStartMonth,
  weekStart: golden.week_start ?? defaultWorkspace.weekStart,
  customerActiveForDays: golden.customer_active_for_days ?? defaultWorkspace.customerActiveForDays,
  responseSlaMs: (golden.response_sla_minutes ?? 5) * 60_000,
  businessHours: hoursOf(golden),
  holidays: (golden.holidays ?? []).map(dayOf),
  rates: ratesOf(golden),
  people: peopleOf(golden),
  pipelines: pipelinesOf(golden),
});
