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
  readonly people?: ReadonlyArray<{
    readonly rep: string;
    readonly from?: string;
    readonly team?: string;
    readonly region?: string;
  }>;
  readonly pipelines?: ReadonlyArray<{
    readonly id: string;
    readonly stages: ReadonlyArray<string>;
    readonly qualified: string;
    readonly opportunity: string;
  }>;
}

const dayOf = (date: string): number => localDay(Date.parse(`${date}T00:00:00Z`), "UTC");

const ratesOf = ({ rates = [] }: GoldenWorkspace): ReadonlyArray<Rate> =>
  rates.map(({ currency, from, rate }) => ({ currency, fromDay: dayOf(from), rate: String(rate) }));

const peopleOf = ({ people = [] }: GoldenWorkspace): ReadonlyArray<Placement> =>
  people.map(({ from, ...person }) => (from === undefined ? person : { ...person, fromDay: dayOf(from) }));

const pipelinesOf = ({ pipelines }: GoldenWorkspace): ReadonlyArray<Pipeline> =>
  pipelines?.map(({ id, stages, qualified, opportunity }) => ({
    id,
    stages: stages.map((stage) => ({ id: stage, probability: 5000 })),
    qualifiedFrom: stages.indexOf(qualified),
    opportunityFrom: stages.indexOf(opportunity),
  })) ?? defaultWorkspace.pipelines;

export const workspaceOf = (golden: GoldenWorkspace): Workspace => ({
  ...defaultWorkspace,
  timeZone: golden.time_zone ?? defaultWorkspace.timeZone,
  currency: golden.currency ?? defaultWorkspace.currency,
  fiscalYearStartMonth: golden.fiscal_year_start ?? defaultWorkspace.fiscalYearStartMonth,
  weekStart: golden.week_start ?? defaultWorkspace.weekStart,
  responseSlaMs: (golden.response_sla_minutes ?? 5) * 60_000,
  rates: ratesOf(golden),
  people: peopleOf(golden),
  pipelines: pipelinesOf(golden),
});
