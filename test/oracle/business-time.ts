import type { Workspace } from "@leadwire/funnel";
import type { Temporal } from "temporal-polyfill";
import { dateOfDay, instantMs, localDate, localDay } from "./local-time.ts";

type Stretch = readonly [fromMs: number, toMs: number];

const stretchesByDay = new WeakMap<Workspace, Map<number, ReadonlyArray<Stretch>>>();

const timeOf = (date: Temporal.PlainDate, minute: number, zone: string): number =>
  instantMs(date.toPlainDateTime().add({ minutes: minute }), zone);

/** The hours that a workspace is open on a local day, as instants; none on a holiday. */
const openOn = (day: number, workspace: Workspace): ReadonlyArray<Stretch> => {
  const known = stretchesByDay.get(workspace) ?? new Map<number, ReadonlyArray<Stretch>>();
  stretchesByDay.set(workspace, known);
  const date = dateOfDay(day);
  const made =
    known.get(day) ??
    (workspace.holidays.includes(day)
      ? []
      : workspace.businessHours
          .filter(({ weekday }) => weekday === date.dayOfWeek)
          .toSorted((a, b) => a.fromMinute - b.fromMinute)
          .map(
            ({ fromMinute, toMinute }): Stretch => [
              timeOf(date, fromMinute, workspace.timeZone),
              timeOf(date, toMinute, workspace.timeZone),
            ],
          ));
  known.set(day, made);
  return made;
};

/** Milliseconds of business hours between two instants. */
export const businessMsBetween = (fromMs: number, toMs: number, workspace: Workspace): number => {
  const last = localDay(toMs, workspace.timeZone) + 1;
  let sum = 0;
  for (let day = localDay(fromMs, workspace.timeZone) - 1; day <= last; day += 1) {
    for (const [open, close] of openOn(day, workspace)) {
      sum += Math.max(0, Math.min(close, toMs) - Math.max(open, fromMs));
    }
  }
  return sum;
};

const fourYearsDays = 4 * 366;

/** When so much business time has passed since an instant; null where it does not within four years. */
export const afterBusinessMs = (fromMs: number, businessMs: number, workspace: Workspace): number | null => {
  if (businessMs === 0) return fromMs;
  const first = localDay(fromMs, workspace.timeZone) - 1;
  let left = businessMs;
  for (let day = first; day <= first + fourYearsDays; day += 1) {
    for (const [open, close] of openOn(day, workspace)) {
      const begin = Math.max(open, fromMs);
      const length = Math.max(0, close - begin);
      if (length >= left) return begin + left;
      left -= length;
    }
  }
  return null;
};

/** Whether people work on a local day. */
const isBusinessDay = (day: number, workspace: Workspace): boolean =>
  workspace.businessHours.some(({ weekday }) => weekday === dateOfDay(day).dayOfWeek) &&
  !workspace.holidays.includes(day);

/** Of the business days of a period, how many there are, and how many have begun by an instant. */
export const businessDays = (
  fromMs: number,
  toMs: number,
  atMs: number,
  workspace: Workspace,
): { readonly all: number; readonly begun: number } => {
  const first = localDay(fromMs, workspace.timeZone);
  const last = localDay(toMs - 1, workspace.timeZone);
  const today = localDate(atMs, workspace.timeZone);
  const days = Array.from({ length: last - first + 1 }, (_, n) => first + n).filter((day) =>
    isBusinessDay(day, workspace),
  );
  return { all: days.length, begun: days.filter((day) => dateOfDay(day).since(today).sign <= 0).length };
};
