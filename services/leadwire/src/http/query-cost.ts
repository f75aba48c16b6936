import type { IncomingHttpHeaders } from "node:http";

/** ClickHouse's names in its summary, and ours. */
const fields: ReadonlyArray<readonly [theirs: string, ours: string, divisor: number]> = [
  ["elapsed_ns", "elapsed_ms", 1_000_000],
  ["read_rows", "read_rows", 1],
  ["read_bytes", "read_bytes", 1],
  ["result_rows", "result_rows", 1],
  ["result_bytes", "result_bytes", 1],
  ["memory_usage", "memory_bytes", 1],
];

const summaryOf = (header: string): Readonly<Record<string, unknown>> => {
  try {
    const found: unknown = JSON.parse(header);
    return typeof found === "object" && found !== null ? { ...found } : {};
  } catch {
    return {};
  }
};

/**
 * The header `x-leadwire-query-cost` of an answer, as JSON: of a whole answer what it took, of a stream what it had taken when
 * its first row was sent. Empty where ClickHouse says nothing.
 */
export const queryCost = (headers: IncomingHttpHeaders): Readonly<Record<string, string>> => {
  const header = headers["x-clickhouse-summary"];
  if (typeof header !== "string") return {};
  const summary = summaryOf(header);
  const cost = fields.flatMap(([theirs, ours, divisor]): ReadonlyArray<readonly [string, number]> => {
    const value = Number(summary[theirs]);
    return summary[theirs] !== undefined && Number.isFinite(value) ? [[ours, value / divisor]] : [];
  });
  return cost.length === 0 ? {} : { "x-leadwire-query-cost": JSON.stringify(Object.fromEntries(cost)) };
};
