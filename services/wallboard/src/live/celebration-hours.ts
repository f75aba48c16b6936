import { BusinessHours, type Workspace, type ZoneCalendar } from "@leadwire/funnel";
import type { Celebration } from "../board/board-definition.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Whether an instant lies in a board's quiet hours, in which nothing is celebrated. */
export type IsQuiet = (celebrate: Pick<Celebration, "quiet">, atMs: number) => boolean;

/** Without hours of the board's own, whatever is not business time is quiet. */
export const celebrationHours = (
  calendar: ZoneCalendar,
  { businessHours, holidays }: Pick<Workspace, "businessHours" | "holidays">,
): IsQuiet => {
  const business = new BusinessHours(calendar, businessHours, holidays);
  return ({ quiet }, atMs) => {
    if (quiet === "never") return false;
    if (quiet === undefined) return business.elapsedMs(atMs, atMs + 1) === 0;
    const { fromMinute, toMinute } = quiet;
    const wallMs = (minute: number): number =>
      calendar.instantOfWall(calendar.localDay(atMs) * dayMs + minute * minuteMs);
    const isAfter = atMs >= wallMs(fromMinute);
    const isBefore = atMs < wallMs(toMinute);
    return fromMinute < toMinute ? isAfter && isBefore : isAfter || isBefore;
  };
};
