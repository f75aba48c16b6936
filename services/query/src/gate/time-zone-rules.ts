/**
 * ClickHouse opens `file:/any/path` as a time zone, wherever one is named: in a function, a type, a setting. A pipe (its own
 * are in /proc/self/fd) never ends, and all who need a zone that was not used before wait with it until a restart.
 */
const zoneFile = /(^|['"(])\s*file:/;

/** Why a text may not stand in a statement, a parameter or a setting; undefined where it may. */
export const zoneFileRefusal = (text: string): string | undefined =>
  zoneFile.test(text)
    ? "a text that begins with file: is not allowed, since ClickHouse reads such a file as a time zone"
    : undefined;
