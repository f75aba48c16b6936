import { localText } from "@leadwire/kpis";

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
