import { type Either, left, right } from "fp-ts/lib/Either.js";
import type { KpiRequest } from "../engine/engine.ts";

/** What `/api/kpis/METRIC` takes; those behind `compare` are of its pages. */
export const kpiParameters: ReadonlyArray<string> = [
  ...["window", "by", "where", "at", "as_of", "compare"],
  ...["limit", "cursor"],
];

const listed = (values: ReadonlyArray<string>): ReadonlyArray<string> =>
  values.flatMap((value) => value.split(",")).flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));

/** A parameter that there is not; undefined where all are known. */
export const strangerIn = (query: URLSearchParams): string | undefined =>
  [...query.keys()].find((name) => !kpiParameters.includes(name));

/** A question from the query string of `/api/kpis/METRIC`. Left says what to write instead. */
export const kpiRequestOf = (metric: string, query: URLSearchParams): Either<string, KpiRequest> => {
  const stranger = strangerIn(query);
  if (stranger !== undefined) return left(`There is no parameter "${stranger}": write ${kpiParameters.join(", ")}.`);
  const [window, ...moreWindows] = query.getAll("window");
  const [at = "now", ...moreAts] = query.getAll("at");
  if (window === undefined || moreWindows.length > 0)
    return left("Name one window, such as ?window=30d, ?window=month or ?window=2017-Q3.");
  if (moreAts.length > 0) return left("Name at most one instant, such as ?at=latest.");
  const [asOf, ...moreAsOfs] = query.getAll("as_of");
  if (moreAsOfs.length > 0) return left("Name at most one instant to know at, such as ?as_of=2026-04-01.");
  const [compare, ...moreCompares] = query.getAll("compare");
  if (moreCompares.length > 0) return left("Compare with one window: ?compare=prior or ?compare=year.");
  const request = { metric, window, at, by: listed(query.getAll("by")), where: query.getAll("where") };
  return right({
    ...request,
    ...(asOf === undefined ? {} : { asOf }),
    ...(compare === undefined ? {} : { compare }),
  });
};

/** The other way: the path and query of a question, and of a page of it. */
export const kpiPath = (
  { metric, window, by, where, at, asOf, compare }: KpiRequest,
  page?: { readonly limit: number; readonly cursor: string },
): string => {
  const query = new URLSearchParams({ window, at });
  if (by.length > 0) query.set("by", by.join(","));
  for (const filter of where) query.append("where", filter);
  if (asOf !== undefined) query.set("as_of", asOf);
  if (compare !== undefined) query.set("compare", compare);
  if (page !== undefined) query.set("limit", String(page.limit));
  if (page !== undefined) query.set("cursor", page.cursor);
  return `/api/kpis/${encodeURIComponent(metric)}?${query.toString()}`;
};

/** One line, the same bytes from the command and over HTTP. */
export const answerText = (answers: unknown): string => `${JSON.stringify(answers)}\n`;
