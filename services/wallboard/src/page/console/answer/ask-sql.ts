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
  /** `code`: of a refusal by the server; null where the query broke off later, or nobody answered. */
  | { readonly kind: "failed"; readonly told: string; readonly code: string | null };

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export const askBody = ({ id, sql, parameters }: SqlQuestion, format: string): string =>
  JSON.stringify({
    sql,
    format,
    query_id: id,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
  });

/** What a refusal says: a problem (RFC 9457), or the text as it is. */
export const toldBy = async (response: Response): Promise<{ readonly told: string; readonly code: string | null }> => {
  const text = await response.text().catch(() => "");
  try {
    const problem: unknown = JSON.parse(text);
    if (typeof problem === "object" && problem !== null && "detail" in problem && typeof problem.detail === "string")
      return { told: problem.detail, code: "code" in problem ? String(problem.code) : null };
  } catch {
    // Not a problem: a proxy's own page, or ClickHouse's text.
  }
  return { told: text.trim().slice(0, 2_000) || `HTTP ${response.status}`, code: null };
};

const readAnswer = async (
  body: ReadableStream<Uint8Array>,
  listener: AnswerListener,
  rowsMax: number,
): Promise<AskOutcome> => {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const lines = lineCutter();
  let count = 0;
  const take = (texts: ReadonlyArray<string>): AskOutcome | undefined => {
    const rows: Row[] = [];
    let outcome: AskOutcome | undefined;
    for (const text of texts) {
      const line = readLine(text);
      if (line === undefined) continue;
      if (line.kind === "columns") listener.onColumns(line.columns);
      if (line.kind === "progress")
        listener.onProgress(line.cost, line.totalRows === 0 ? null : Math.min(1, line.cost.readRows / line.totalRows));
      if (line.kind === "error") outcome = { kind: "failed", told: line.told, code: null };
      if (line.kind === "row" && count + rows.length >= rowsMax) outcome = { kind: "stopped" };
      if (outcome !== undefined) break;
      if (line.kind === "row") rows.push(line.row);
    }
    count += rows.length;
    if (rows.length > 0) listener.onRows(rows);
    return outcome;
  };
  for (;;) {
    const { done, value } = await reader.read();
    const outcome = take(done ? [lines.end()] : lines.push(decoder.decode(value, { stream: true })));
    if (outcome !== undefined) {
      await reader.cancel().catch(() => undefined);
      return outcome;
    }
    if (done) return { kind: "whole" };
  }
};

/**
 * Asks one statement and passes the answer on as it comes, at most `rowsMax` rows of it. Ends the query at the server, too,
 * where the reader cancels it (`ended`) or the console has enough.
 */
export const askSql = async (
  question: SqlQuestion,
  { send, ended, rowsMax }: { readonly send: Fetch; readonly ended: AbortSignal; readonly rowsMax: number },
  listener: AnswerListener,
): Promise<AskOutcome> => {
  const headers = { "content-type": "application/json" };
  const end = (): void => {
    // Who has read all of it, or whose server is away, need not know whether anything was still running.
    send(`/api/sql/${encodeURIComponent(question.id)}`, { method: "DELETE" }).catch(() => undefined);
  };
  try {
    const body = askBody(question, "JSONCompactEachRowWithProgress");
    const response = await send("/api/sql", { method: "POST", headers, body, signal: ended });
    if (!response.ok || response.body === null) return { kind: "failed", ...(await toldBy(response)) };
    const cost = response.headers.get("x-leadwire-query-cost");
    const outcome = await readAnswer(response.body, listener, rowsMax);
    if (outcome.kind === "stopped") end();
    if (outcome.kind === "whole" && cost !== null) listener.onProgress(costOf(JSON.parse(cost)), null);
    return outcome;
  } catch (fault) {
    if (ended.aborted) {
      end();
      return { kind: "cancelled" };
    }
    const told = fault instanceof Error ? fault.message : String(fault);
    return { kind: "failed", told, code: "Unreachable" };
  }
};
