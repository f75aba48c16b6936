/**
 * ClickHouse opens `file:/any/path` as a time zone, wherever one is named: in a function, a type, a setting. A pipe (its own
 * are in /proc/self/fd) never ends, and all who need a zone that was not used before wait with it until a restart.
 */
const zoneFile = /(^|['"(])\s*file:/;

/** Of ClickHouse's escapes only this one can make a letter or a colon; the others here make what stands around a text. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:x([0-9a-fA-F]{2})|(['"\\]))/g, (_, hex: string | undefined, sign: string | undefined) =>
    hex === undefined ? (sign ?? "") : String.fromCharCode(Number.parseInt(hex, 16)),
  );

/** A type within a text is read once more, and a text within that type again. */
const readings = 4;

/** Why a text may not stand in a statement, a parameter or a setting; undefined where it may. */
export const zoneFileRefusal = (text: string): string | undefined => {
  let read = text;
  for (let reading = 0; reading < readings; reading += 1) {
    if (zoneFile.test(read)) {
      return "a text that begins with file: is not allowed, since ClickHouse reads such a file as a time zone";
    }
    if (!read.includes("\\")) return undefined;
    read = unescaped(read);
  }
  return undefined;
};
