import type { ReportArgs } from "../reports/report.ts";

/** A report's arguments from the query string of `/api/reports/NAME`: one that comes several times is a list. */
export const reportArgsOf = (query: URLSearchParams): ReportArgs => {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
};

/** The other way: the path and query of a report. */
export const reportPath = (name: string, args: ReportArgs): string => {
  const query = new URLSearchParams();
  for (const [arg, given] of Object.entries(args))
    for (const value of typeof given === "string" ? [given] : given) query.append(arg, value);
  return `/api/reports/${encodeURIComponent(name)}?${query.toString()}`;
};
