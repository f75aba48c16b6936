import type { IncomingMessage } from "node:http";
import type { SqlAsk } from "./sql-ask.ts";

/**
 * What ClickHouse tells beside an answer counts the rows that it read, before the row policies: the whole company's. Who sees
 * some rows only is told zeros instead, since clients expect these fields.
 */
const counts = ["read_rows", "read_bytes", "total_rows_to_read", "memory_usage"] as const;

const zeros = Object.fromEntries(counts.map((name) => [name, "0"]));

/**
 * Formats with `statistics` behind their rows leave them out. Where a format that tells progress is named, the answer comes
 * unpacked, so that it can be read.
 */
export const withoutStatistics = ({ accepts, ...ask }: SqlAsk): SqlAsk => ({
  ...ask,
  settings: { ...ask.settings, output_format_write_statistics: "0", send_progress_in_http_headers: "0" },
  ...(accepts === undefined || /WithProgress/iu.test(`${ask.format ?? ""} ${ask.sql}`) ? {} : { accepts }),
});

const summaryWithoutCounts = (header: string): string => {
  try {
    const told: unknown = JSON.parse(header);
    return JSON.stringify(typeof told === "object" ? { ...told, ...zeros } : zeros);
  } catch {
    return JSON.stringify(zeros);
  }
};

/** Takes the counts out of the head of an answer, under both of Node's views of it: whoever passes it on has no others. */
export const hideCounts = (message: Pick<IncomingMessage, "headers" | "rawHeaders">): void => {
  const kept: string[] = [];
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2) {
    const [name = "", value = ""] = message.rawHeaders.slice(at, at + 2);
    const lower = name.toLowerCase();
    if (lower === "x-clickhouse-progress") continue;
    kept.push(name, lower === "x-clickhouse-summary" ? summaryWithoutCounts(value) : value);
  }
  message.rawHeaders.splice(0, message.rawHeaders.length, ...kept);
  delete message.headers["x-clickhouse-progress"];
  const summary = message.headers["x-clickhouse-summary"];
  if (typeof summary === "string") message.headers["x-clickhouse-summary"] = summaryWithoutCounts(summary);
};

/** Whether an answer has lines `{"progress":…}` between its rows. */
export const tellsProgress = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
  /progress$/iu.test(String(headers["x-clickhouse-format"] ?? ""));

const mark = Buffer.from('{"progress":');
const newline = 0x0a;

/** How a line that begins with these bytes goes on; undefined while they are too few to tell. */
const isProgress = (beginning: Buffer): boolean | undefined => {
  if (beginning.length >= mark.length) return beginning.subarray(0, mark.length).equals(mark);
  return mark.subarray(0, beginning.length).equals(beginning) ? undefined : false;
};

/** The lines of an answer without those of its progress, as they come. A line may be longer than a chunk. */
export async function* withoutProgress(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  /** Of the line that is being read; undefined where its beginning is not known yet. */
  let drops: boolean | undefined;
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    const kept: Buffer[] = [];
    while (rest.length > 0) {
      const found = rest.indexOf(newline);
      const line = found < 0 ? rest : rest.subarray(0, found + 1);
      drops ??= isProgress(line) ?? (found < 0 ? undefined : false);
      if (drops === undefined) break;
      if (!drops) kept.push(line);
      rest = rest.subarray(line.length);
      if (found >= 0) drops = undefined;
    }
    if (kept.length > 0) yield Buffer.concat(kept);
  }
  if (rest.length > 0) yield rest;
}
