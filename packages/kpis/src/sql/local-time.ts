import { textLiteral } from "./sql-literal.ts";

/**
 * Local time of the workspace's zone in ClickHouse, as the calendar of packages/funnel has it. Every function takes and
 * gives texts of expressions: instants are `DateTime64(3, 'UTC')`, days are `Date32`.
 */
export interface LocalTime {
  /** The local date of an instant. */
  readonly dayOf: (instant: string) => string;
  /** The first instant of a local day. */
  readonly startOf: (day: string) => string;
  /** What a wall clock shows, as an instant of UTC. */
  readonly wallOf: (instant: string) => string;
  /** The instant of a wall time: the first of two; of one that clocks skip as far behind the gap as it lay in it. */
  readonly instantOf: (wall: string) => string;
}

const utc = "'UTC'";
/** No zone changes its offset twice in two days. */
const beyond = "INTERVAL 1 DAY";

/** Milliseconds since 1970 of an instant. */
export const epochMs = (instant: string): string => `toUnixTimestamp64Milli(${instant})`;

/** The instant of milliseconds since 1970. */
export const instantOfMs = (ms: string): string => `fromUnixTimestamp64Milli(toInt64(${ms}), ${utc})`;

/** Local time of a zone, which the workspace has checked. */
export const localTimeOf = (timeZone: string): LocalTime => {
  const zone = textLiteral(timeZone);
  const offset = (instant: string): string => `timeZoneOffset(toTimeZone(${instant}, ${zone}))`;
  return {
    dayOf: (instant) => `toDate32(${instant}, ${zone})`,
    startOf: (day) => `toTimeZone(toDateTime64(${day}, 3, ${zone}), ${utc})`,
    wallOf: (instant) => `addSeconds(${instant}, ${offset(instant)})`,
    instantOf: (wall) => {
      const [before, after] = [offset(`(${wall} - ${beyond})`), offset(`(${wall} + ${beyond})`)];
      const [early, late] = [`subtractSeconds(${wall}, ${before})`, `subtractSeconds(${wall}, ${after})`];
      return `if(${offset(early)} != ${before} AND ${offset(late)} = ${after}, ${late}, ${early})`;
    },
  };
};
