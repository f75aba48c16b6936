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

/** A window from included to excluded, in a zone's own time. */
export const windowText = (
  { from, to }: { readonly from: string | null; readonly to: string | null },
  timeZone: string,
): string => {
  if (from === null && to === null) return "all";
  const zone = `(${timeZone})`;
  if (to === null) return `from ${localText(from ?? "", timeZone)} on ${zone}`;
  const end = localText(to, timeZone);
  return from === null ? `up to ${end} ${zone}` : `${localText(from, timeZone)} to ${end} ${zone}`;
};
