import { type BusinessDay, defaultWorkspace, type Pipeline, type Placement, type Workspace } from "@leadwire/funnel";
import { localDay } from "./local-time.ts";
import type { Random } from "./random.ts";

export const reps = ["ana", "bogdan", "carla", "dan"] as const;
export const teams = ["north", "south"] as const;
export const regions = ["East", "West"] as const;

const stage = (id: string, probability: number) => ({ id, probability });

/** Shares stages with the default pipeline at other places and with other marks. */
const partnerPipeline: Pipeline = {
  id: "partner",
  stages: [stage("qualified", 1000), stage("demo", 4000), stage("new", 6000), stage("negotiation", 8000)],
  qualifiedFrom: 1,
  opportunityFrom: 2,
};

const zones = ["UTC", "Europe/Bucharest", "America/New_York", "Asia/Kolkata", "Australia/Sydney"] as const;

const minute = (hour: number): number => hour * 60;
const everyDay = [1, 2, 3, 4, 5, 6, 7];

/** Usual hours, with a pause at noon, at weekends only, around the clock, up to midnight, none at all. */
const businessHours = (random: Random): ReadonlyArray<BusinessDay> =>
  random.pick([
    defaultWorkspace.businessHours,
    defaultWorkspace.businessHours,
    defaultWorkspace.businessHours.flatMap(({ weekday }) => [
      { weekday, fromMinute: minute(8), toMinute: minute(12) },
      { weekday, fromMinute: minute(13) + 30, toMinute: minute(18) },
    ]),
    [6, 7].map((weekday) => ({ weekday, fromMinute: minute(10), toMinute: minute(14) })),
    everyDay.map((weekday) => ({ weekday, fromMinute: 0, toMinute: minute(24) })),
    everyDay.map((weekday) => ({ weekday, fromMinute: minute(22), toMinute: minute(24) })),
    [],
  ]);

const people = (random: Random, fromDay: number, days: number, moving: boolean): ReadonlyArray<Placement> =>
  reps
    .filter(() => random.chance(0.7))
    .flatMap((rep) => {
      const placed = (at: { readonly fromDay?: number }) => {
        const region = random.maybe(0.2, regions);
        return { rep, ...at, team: random.pick(teams), ...(region === undefined ? {} : { region }) };
      };
      const before = placed({ fromDay: fromDay - 400 });
      const after = placed({ fromDay: moving ? fromDay + random.whole(1, days) : fromDay + 400 });
      return random.chance(0.5) ? [placed({})] : [after, placed({}), before];
    });

/**
 * A workspace with a zone, a fiscal year, an SLA and rates of its own. Of its currencies, CHF has no rate at all and
 * GBP only from the middle on.
 */
export const randomWorkspace = (random: Random, fromMs: number, days: number, movingPeople: boolean): Workspace => {
  const timeZone = random.pick(zones);
  const fromDay = localDay(fromMs, timeZone);
  const [standard] = defaultWorkspace.pipelines;
  if (standard === undefined) throw new Error("the default workspace has no pipeline");
  return {
    ...defaultWorkspace,
    timeZone,
    currency: random.pick(["USD", "EUR", "JPY"]),
    rates: ["USD", "EUR", "JPY", "RON"]
      .flatMap((currency) => [
        { currency, fromDay: fromDay - 500, rate: random.pick(["0.1999", "1.0842", "4.97", "1"]) },
        { currency, fromDay: fromDay + random.whole(0, days), rate: random.pick(["0.20015", "1.09", "5"]) },
      ])
      .concat([{ currency: "GBP", fromDay: fromDay + Math.floor(days / 2), rate: "1.17345" }]),
    fiscalYearStartMonth: random.pick([1, 1, 2, 4, 10]),
    weekStart: random.pick([1, 1, 7, 6]),
    businessHours: businessHours(random),
    holidays: random.chance(0.5) ? [] : [2, 3, 10, 11].map((day) => fromDay + day),
    customerActiveForDays: random.pick([365, 4, 9, 20]),
    responseSlaMs: random.pick([300_000, 433_007, 3_600_000, 0, 26 * 3_600_000]),
    people: people(random, fromDay, days, movingPeople),
    pipelines: random.chance(0.5)
      ? [standard]
      : random.chance(0.5)
        ? [standard, partnerPipeline]
        : [partnerPipeline, standard],
  };
};
