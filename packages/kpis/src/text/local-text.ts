/** An instant as a clock in a zone shows it: `2017-07-01 00:00`, with seconds only where there are any. */
export const localText = (instant: string, timeZone: string): string => {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    calendar: "iso8601",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const part = new Map(format.formatToParts(Date.parse(instant)).map(({ type, value }) => [type, value]));
  const of = (name: Intl.DateTimeFormatPartTypes): string => part.get(name) ?? "";
  const seconds = of("second") === "00" ? "" : `:${of("second")}`;
  return `${of("year").padStart(4, "0")}-${of("month")}-${of("day")} ${of("hour")}:${of("minute")}${seconds}`;
};
