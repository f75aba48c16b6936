import { type AnswerColumn, costOf, lineCutter, type QueryCost, type Row, readLine } from "./answer-lines.ts";

/** A query that is run: what the server is asked. */
export interface SqlQuestion {
  /** Names the query, so that it can be cancelled. */
  readonly id: string;
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What comes while the answer does. */
export interface AnswerListener {
  readonly onColumns: (columns: ReadonlyArray<AnswerColumn>) => void;
  readonly onRows: (rows: ReadonlyArray<Row>) => void;
  /** `share`: of what has to be read, null where that is not known. */
  readonly onProgress: (cost: QueryCost, share: number | null) => void;
}

export type AskOutcome =
  | { readonly kind: "whole" }
  /** There would be more rows than the console holds. */
  | { readonly kind: "stopped" }
  | { readonly kind: "cancelled" }
  | ({ readonly kind: "failed" } & Refusal);

/** Why there is no answer, or not all of it. */
export interface Refusal {
  readonly told: string;
  /** Of a refusal by the server; null where the query broke off later, or nobody answered. */
  readonly code: string | null;
  /** Where in the statement, as people count: from 1, the column in letters. Null where it does not say. */
  readonly at: { readonly line: number; readonly column: number } | null;
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** `isStreamed`: the answer comes as it is made; else it is complete or an error. */
export const askBody = ({ id, sql, parameters }: SqlQuestion, format: string, isStreamed: boolean): string =>
  JSON.stringify({
    sql,
    format,
    query_id: id,
    stream: isStreamed,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
  });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const problemOf = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const problem: unknown = JSON.parse(text);
    return isRecord(problem) ? problem : {};
  } catch {
    // Not a problem: a proxy's own page, or ClickHouse's text.
    return {};
  }
};

/** What a refusal says: a problem (RFC 9457), or the text as it is. */
export const refusalOf = async (response: Response): Promise<Refusal> => {
  const text = await response.text().catch(() => "");
  const { detail, code, line, column } = problemOf(text);
  return {
    told: typeof detail === "string" ? detail : text.trim().slice(0, 2_000) || `HTTP ${response.status}`,
    code: typeof code === "string" ? code : null,
    at: typeof line === "number" && typeof column === "number" ? { line, column } : null,
  };
};

/** Rows are shown so often at most, so that 100,000 of them are not put together again and again. */
const showEveryMs = 80;

interface Reading {
  readonly rowsMax: number;
  readonly nowMs: () => number;
}

/** Takes lines one after another and tells the listener; its outcome is there once no more is wanted. */
const lineReader = (listener: AnswerListener, { rowsMax, nowMs }: Reading) => {
  let pending: Row[] = [];
  let count = 0;
  let shownMs = Number.NEGATIVE_INFINITY;
  let odd: string | null = null;
  const show = (): void => {
    if (pending.length > 0) listener.onRows(pending);
    pending = [];
    shownMs = nowMs();
  };
  const takeLine = (text: string): AskOutcome | undefined => {
    const line = readLine(text);
    switch (line?.kind) {
      case "columns":
        listener.onColumns(line.columns);
        return undefined;
      case "progress":
        listener.onProgress(line.cost, line.totalRows === 0 ? null : Math.min(1, line.cost.readRows / line.totalRows));
        return undefined;
      case "row":
        if (count >= rowsMax) return { kind: "stopped" };
        count++;
        pending.push(line.row);
        return undefined;
      case "error":
        return { kind: "failed", told: line.told, code: null, at: null };
      case "odd":
        odd ??= line.text;
        return undefined;
      default:
        return undefined;
    }
  };
  return {
    take: (texts: ReadonlyArray<string>): AskOutcome | undefined => {
      for (const text of texts) {
        const outcome = takeLine(text);
        if (outcome !== undefined) return outcome;
      }
      if (nowMs() - shownMs >= showEveryMs) show();
      return undefined;
    },
    show,
    /** Of an answer that has come to its end. */
    ended: (): AskOutcome => (odd === null ? { kind: "whole" } : { kind: "failed", told: odd, code: null, at: null }),
  };
};

const readAnswer = async (
  body: ReadableStream<Uint8Array>,
  listener: AnswerListener,
  reading: Reading,
): Promise<AskOutcome> => {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const cutter = lineCutter();
  const lines = lineReader(listener, reading);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const outcome = lines.take(done ? [cutter.end()] : cutter.push(decoder.decode(value, { stream: true })));
      if (outcome !== undefined) {
        await reader.cancel().catch(() => undefined);
        return outcome;
      }
      if (done) return lines.ended();
    }
  } finally {
    // Also what came before an answer broke off.
    lines.show();
  }
};

/**
 * Asks one statement and passes the answer on as it comes, at most `rowsMax` rows of it. Ends the query at the server, too,
 * where the reader cancels it (`ended`) or the console has enough.
 */
export const askSql = async (
  question: SqlQuestion,
  { send, ended, ...reading }: Reading & { readonly send: Fetch; readonly ended: AbortSignal },
  listener: AnswerListener,
): Promise<AskOutcome> => {
  const headers = { "content-type": "application/json" };
  const end = (): void => {
    // Who has read all of it, or whose server is away, need not know whether anything was still running.
    send(`/api/sql/${encodeURIComponent(question.id)}`, { method: "DELETE" }).catch(() => undefined);
  };
  try {
    const body = askBody(question, "JSONCompactEachRowWithProgress", true);
    const response = await send("/api/sql", { method: "POST", headers, body, signal: ended });
    if (!response.ok || response.body === null) return { kind: "failed", ...(await refusalOf(response)) };
    const cost = response.headers.get("x-leadwire-query-cost");
    let readRows = 0;
    const counting: AnswerListener = {
      ...listener,
      onProgress: (now, share) => {
        readRows = now.readRows;
        listener.onProgress(now, share);
      },
    };
    const outcome = await readAnswer(response.body, counting, reading);
    if (outcome.kind === "stopped") end();
    const said = cost === null ? null : costOf(JSON.parse(cost));
    // What the head of a stream says is of its first rows: it counts where there was nothing left to read.
    if (outcome.kind === "whole" && said !== null && said.readRows >= readRows) listener.onProgress(said, null);
    return outcome;
  } catch (fault) {
    if (ended.aborted) {
      end();
      return { kind: "cancelled" };
    }
    const told = fault instanceof Error ? fault.message : String(fault);
    return { kind: "failed", told, code: "Unreachable", at: null };
  }
};
