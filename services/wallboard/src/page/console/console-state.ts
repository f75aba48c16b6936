import type { LeadwireClient } from "@leadwire/api/client";
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ConsoleSchema } from "../../console/console-schema.ts";
import type { ChartChoice, QueriesAnswer } from "../../console/saved-query.ts";
import type { AnswerColumn, QueryCost, Row } from "./answer/answer-lines.ts";
import { type AskOutcome, askSql, type SqlQuestion } from "./answer/ask-sql.ts";
import { orderedRows, type RowOrder } from "./answer/row-order.ts";
import { fittingChoice } from "./chart/chart-choice.ts";
import type { SqlEditor } from "./editor/sql-editor.ts";
import { type DownloadForm, fetchDownload } from "./kept/download.ts";
import { historyText, type PastQuery, readHistory, withRun } from "./kept/query-history.ts";
import { fetchQueries, type OpenQuery } from "./kept/query-requests.ts";
import { type ErrorPlace, errorPlace } from "./sql/error-place.ts";
import { parametersOf, type SqlParameter } from "./sql/sql-parameters.ts";
import type { Statement } from "./sql/statements.ts";

/** More would make the browser slow; a download has all of them. */
export const rowsMax = 100_000;

/** What the console asks of the browser. */
export interface ConsoleTools {
  readonly server: Pick<LeadwireClient, "get">;
  /** For answers that come bit by bit. */
  readonly send: (url: string, init?: RequestInit) => Promise<Response>;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly history: { readonly read: () => string | null; readonly write: (text: string) => void };
  /** Hands a file to the browser. */
  readonly giveFile: (file: Blob, name: string) => void;
}

/** A statement that was run: its answer as far as it has come. */
export interface Run {
  readonly statement: Statement;
  readonly columns: ReadonlyArray<AnswerColumn>;
  readonly rows: ReadonlyArray<Row>;
  readonly cost: QueryCost;
  /** Of what has to be read; null where that is not known. */
  readonly share: number | null;
  /** Null while it runs. */
  readonly outcome: AskOutcome | null;
  /** Where in the editor's text the error was as it ran. */
  readonly place: ErrorPlace | null;
}

/** Why there is nothing to ask. */
export interface NoSchema {
  readonly kind: "login" | "refused" | "unreachable";
  readonly told: string;
}

export type SchemaState = ConsoleSchema | NoSchema | null;

/** What a running download, or a finished one, says. */
export type DownloadState =
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly form: DownloadForm }
  | { readonly kind: "done"; readonly file: string }
  | { readonly kind: "failed"; readonly told: string };

export interface ConsoleState {
  readonly schema: ReadonlySignal<SchemaState>;
  readonly editor: Signal<SqlEditor | null>;
  /** What Run would run, and the places to fill in of it. */
  readonly statement: ReadonlySignal<Statement | undefined>;
  readonly parameters: ReadonlySignal<ReadonlyArray<SqlParameter>>;
  readonly given: Signal<Readonly<Record<string, string>>>;
  /** The places that kept the statement from running, until they are filled in. */
  readonly missing: ReadonlySignal<ReadonlyArray<string>>;
  readonly run: ReadonlySignal<Run | null>;
  readonly isRunning: ReadonlySignal<boolean>;
  readonly order: Signal<RowOrder | null>;
  /** The rows as they are shown. */
  readonly rows: ReadonlySignal<ReadonlyArray<Row>>;
  readonly view: Signal<"table" | "chart">;
  /** The reader's own; null: what the answer suggests. */
  readonly chart: Signal<ChartChoice | null>;
  /** What is shown as a chart, of the reader's choosing or not; null: the table is. */
  readonly shownChart: ReadonlySignal<ChartChoice | null>;
  readonly history: ReadonlySignal<ReadonlyArray<PastQuery>>;
  readonly queries: ReadonlySignal<QueriesAnswer>;
  /** The saved query that stands in the editor. */
  readonly opened: Signal<OpenQuery | null>;
  readonly download: ReadonlySignal<DownloadState>;
  readonly look: () => void;
  readonly ask: () => void;
  readonly cancel: () => void;
  readonly take: (form: DownloadForm, name: string) => void;
  readonly setHistory: (history: ReadonlyArray<PastQuery>) => void;
  readonly loadSchema: () => Promise<void>;
  readonly loadQueries: () => Promise<void>;
}

const noCost: QueryCost = { elapsedMs: 0, readRows: 0, readBytes: 0, memoryBytes: null };

export const isSchema = (state: SchemaState): state is ConsoleSchema => state !== null && !("kind" in state);

const readSchema = async (server: ConsoleTools["server"]): Promise<SchemaState> => {
  const answer = await server.get("/api/sql/schema");
  if (answer._tag === "Right") return answer.right.data;
  const fault = answer.left;
  if (fault._tag === "Unreachable") return { kind: "unreachable", told: fault.message };
  return { kind: fault.problem.status === 401 ? "login" : "refused", told: fault.problem.detail };
};

/** Places that hold nothing yet. A text may be empty where somebody emptied it: `by = ''` is the company. */
const notFilledIn = (
  parameters: ReadonlyArray<SqlParameter>,
  given: Readonly<Record<string, string>>,
): ReadonlyArray<string> =>
  parameters
    .filter(({ name, type }) => (/^(?:LowCardinality\()?String/u.test(type) ? given[name] === undefined : !given[name]))
    .map(({ name }) => name);

/** Parameters that a statement has, as they were filled in. */
const filledIn = (
  parameters: ReadonlyArray<SqlParameter>,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => Object.fromEntries(parameters.map(({ name }) => [name, given[name] ?? ""]));

/** The console without its looks: what is asked, what has come, what is kept. */
export const createConsoleState = (tools: ConsoleTools): ConsoleState => {
  const schema = signal<SchemaState>(null);
  const editor = signal<SqlEditor | null>(null);
  const statement = signal<Statement | undefined>(undefined);
  const given = signal<Readonly<Record<string, string>>>({});
  const run = signal<Run | null>(null);
  const order = signal<RowOrder | null>(null);
  const history = signal(readHistory(tools.history.read()));
  const queries = signal<QueriesAnswer>({ queries: [], canEdit: false });
  const download = signal<DownloadState>({ kind: "idle" });
  const view = signal<"table" | "chart">("table");
  const chart = signal<ChartChoice | null>(null);
  const parameters = computed(() => parametersOf(statement.value?.text ?? ""));
  const refused = signal<ReadonlyArray<string>>([]);
  const missing = computed(() => {
    const open = notFilledIn(parameters.value, given.value);
    return refused.value.filter((name) => open.includes(name));
  });
  let ending: AbortController | null = null;
  let takingAway: AbortController | null = null;

  const questionOf = (asked: Statement): SqlQuestion => ({
    id: tools.newId(),
    sql: asked.text,
    parameters: filledIn(parametersOf(asked.text), given.peek()),
  });

  /** Whether every place holds something; else the fields say which do not. */
  const isFilledIn = (asked: Statement): boolean => {
    refused.value = notFilledIn(parametersOf(asked.text), given.peek());
    return refused.value.length === 0;
  };

  const setHistory = (next: ReadonlyArray<PastQuery>): void => {
    history.value = next;
    tools.history.write(historyText(next));
  };

  const settle = (asked: Statement, outcome: AskOutcome, startMs: number): void => {
    const now = run.peek();
    if (now === null) return;
    const error = outcome.kind === "failed" ? outcome.told : null;
    const found = outcome.kind === "failed" ? errorPlace(asked.text, outcome.told, outcome.at) : undefined;
    const place = found === undefined ? null : { from: asked.from + found.from, to: asked.from + found.to };
    const elapsedMs = now.cost.elapsedMs || tools.nowMs() - startMs;
    run.value = { ...now, outcome, place, share: null, cost: { ...now.cost, elapsedMs } };
    editor.peek()?.markError(place);
    const { readRows, readBytes } = now.cost;
    const past = { sql: asked.text, atMs: startMs, elapsedMs, rows: now.rows.length, readRows, readBytes, error };
    if (outcome.kind !== "cancelled") setHistory(withRun(history.peek(), past));
  };

  const ask = async (asked: Statement): Promise<void> => {
    ending?.abort();
    const own = new AbortController();
    ending = own;
    const startMs = tools.nowMs();
    batch(() => {
      order.value = null;
      run.value = { statement: asked, columns: [], rows: [], cost: noCost, share: null, outcome: null, place: null };
    });
    editor.peek()?.markError(null);
    const set = (change: Partial<Run>): void => {
      const now = run.peek();
      if (ending === own && now !== null) run.value = { ...now, ...change };
    };
    const outcome = await askSql(
      questionOf(asked),
      { send: tools.send, ended: own.signal, rowsMax, nowMs: tools.nowMs },
      {
        onColumns: (columns) => set({ columns }),
        onRows: (rows) => set({ rows: [...(run.peek()?.rows ?? []), ...rows] }),
        onProgress: (cost, share) => set({ cost, share }),
      },
    );
    if (ending === own) settle(asked, outcome, startMs);
  };

  const take = async (form: DownloadForm, name: string): Promise<void> => {
    const asked = run.peek()?.statement ?? statement.peek();
    if (asked === undefined || !isFilledIn(asked)) return;
    takingAway?.abort();
    const own = new AbortController();
    takingAway = own;
    download.value = { kind: "running", form };
    const got = await fetchDownload(questionOf(asked), form, { send: tools.send, ended: own.signal });
    if (takingAway !== own) return;
    const file = `${name}.${form}`;
    if (got.kind === "file") tools.giveFile(got.file, file);
    download.value = got.kind === "file" ? { kind: "done", file } : got.kind === "failed" ? got : { kind: "idle" };
  };

  return {
    schema,
    editor,
    statement,
    parameters,
    given,
    missing,
    run,
    isRunning: computed(() => (run.value !== null && run.value.outcome === null) || download.value.kind === "running"),
    order,
    rows: computed(() => {
      const now = run.value;
      return now === null
        ? []
        : orderedRows(
            now.rows,
            now.columns.map(({ type }) => type),
            order.value,
          );
    }),
    view,
    chart,
    shownChart: computed(() => {
      const now = run.value;
      if (view.value === "table") return null;
      // Of a statement that has not been answered yet nothing is known: what was chosen for it holds.
      const isOf = now !== null && now.outcome?.kind !== "failed" && now.statement.text === statement.value?.text;
      if (now === null || (!isOf && chart.value !== null)) return chart.value;
      return fittingChoice(chart.value, now.columns, now.rows) ?? chart.value;
    }),
    history,
    queries,
    opened: signal(null),
    download,
    look: () => {
      statement.value = editor.peek()?.statement();
    },
    ask: () => {
      const asked = editor.peek()?.statement();
      if (asked !== undefined && isFilledIn(asked)) void ask(asked);
    },
    cancel: () => {
      ending?.abort();
      takingAway?.abort();
    },
    take: (form, name) => void take(form, name),
    setHistory,
    loadSchema: async () => {
      schema.value = await readSchema(tools.server);
      editor.peek()?.learn();
    },
    loadQueries: async () => {
      queries.value = (await fetchQueries(tools.server)) ?? queries.peek();
    },
  };
};
