import type { IncomingMessage, OutgoingHttpHeader, OutgoingHttpHeaders } from "node:http";

/** What ClickHouse tells about an answer; what it tells about the server is not passed on. */
const passedOn: ReadonlySet<string> = new Set([
  "content-type",
  "content-encoding",
  "x-clickhouse-summary",
  "x-clickhouse-progress",
  "x-clickhouse-format",
  "x-clickhouse-timezone",
  "x-clickhouse-exception-code",
  "x-clickhouse-exception-tag",
]);

/**
 * On every answer: it stands under the page's own address, and what a statement makes could be a page. It is shown as what it
 * is, runs nothing, and is kept nowhere.
 */
export const answerGuards: OutgoingHttpHeaders = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "sandbox; default-src 'none'",
  "cross-origin-resource-policy": "same-origin",
};

/** ClickHouse's headers of an answer, under their own names; one that comes several times stays so. */
export const answerHeaders = ({ rawHeaders }: Pick<IncomingMessage, "rawHeaders">): OutgoingHttpHeaders => {
  const found = new Map<string, OutgoingHttpHeader & Array<string>>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (passedOn.has(name.toLowerCase())) found.set(name, [...(found.get(name) ?? []), rawHeaders[index + 1] ?? ""]);
  }
  return Object.fromEntries(
    [...found].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? "") : values]),
  );
};
