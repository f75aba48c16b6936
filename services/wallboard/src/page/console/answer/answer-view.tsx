import { useEffect, useRef, useState } from "preact/hooks";
import { counted } from "../../texts/counted.ts";
import { fill } from "../../texts/texts.ts";
import { AnswerChart } from "../chart/answer-chart.tsx";
import { type ConsoleState, type Run, rowsMax } from "../console-state.ts";
import { bytesText, type ConsoleReader, elapsedText, wholeText } from "../console-words.ts";
import { copyText } from "../kept/copy-text.ts";
import { lineAndColumn } from "../sql/error-place.ts";
import { ResultTable } from "./result-table.tsx";

interface AnswerProps {
  readonly state: ConsoleState;
  readonly reader: ConsoleReader;
}

const costText = ({ rows, cost, outcome }: Run, reader: ConsoleReader): string => {
  const { words, locale } = reader;
  const { elapsedMs, readRows, readBytes, memoryBytes } = cost;
  const said = (forms: typeof words.rows, count: number): string =>
    counted(forms, count, locale, { decimals: 0, compact: count >= 1_000_000 });
  const isAnswer = outcome?.kind !== "failed";
  return [
    isAnswer ? said(words.rows, rows.length) : "",
    elapsedMs === 0 ? "" : elapsedText(elapsedMs, reader),
    readRows === 0
      ? ""
      : fill(words.read, { rows: said(words.readRows, readRows), bytes: bytesText(readBytes, reader) }),
    memoryBytes === null ? "" : fill(words.memory, { bytes: bytesText(memoryBytes, reader) }),
  ]
    .filter((text) => text !== "")
    .join(" · ");
};

/** What the query says of itself: how far it is, what it cost, and whether this is all of it. */
const StatusLine = ({ state, reader }: AnswerProps) => {
  const run = state.run.value;
  const { words } = reader;
  if (run === null)
    return (
      <p class="sql-status">
        {words.nothingRun} <kbd>Ctrl ↵</kbd>
      </p>
    );
  const { outcome, share } = run;
  return (
    <div class="sql-status" data-state={outcome?.kind ?? "running"}>
      <p role="status">
        {outcome === null && <strong>{words.running}… </strong>}
        {outcome?.kind === "cancelled" && <strong>{words.cancelled}. </strong>}
        <span class="sql-cost">{costText(run, reader)}</span>
        {outcome?.kind === "stopped" && <strong> {fill(words.stopped, { rows: wholeText(rowsMax, reader) })}</strong>}
      </p>
      {outcome === null && (
        <progress aria-label={words.running} {...(share === null ? {} : { value: share, max: 1 })} />
      )}
    </div>
  );
};

const Failure = ({ state, reader, run }: AnswerProps & { readonly run: Run }) => {
  const { outcome, place } = run;
  if (outcome?.kind !== "failed") return null;
  const { words } = reader;
  const told = outcome.code === "Unreachable" ? `${words.unreachable} (${outcome.told})` : outcome.told;
  const at = place === null ? null : lineAndColumn(state.editor.peek()?.text() ?? "", place.from);
  return (
    <div class="sql-failure" role="alert">
      <strong>{words.failed}</strong>
      <p translate={false}>{told}</p>
      {at !== null && place !== null && (
        <button type="button" onClick={() => state.editor.peek()?.goTo(place.from)}>
          {fill(words.goTo, { line: String(at.line), column: String(at.column) })}
        </button>
      )}
    </div>
  );
};

const shownForMs = 2_000;

const CopyButton = ({ words, text }: { readonly words: ConsoleReader["words"]; readonly text: () => string }) => {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const handle = setTimeout(() => setCopied(false), shownForMs);
    return () => clearTimeout(handle);
  }, [isCopied]);
  return (
    <button type="button" onClick={() => void copyText(text()).then(setCopied)}>
      {isCopied ? words.copied : words.copy}
    </button>
  );
};

/** The answer as a table or as a chart, and what it cost. */
export const AnswerView = ({ state, reader }: AnswerProps) => {
  const { words } = reader;
  const run = state.run.value;
  const copied = useRef<() => string>(() => "");
  const view = state.view.value;
  const hasColumns = run !== null && run.columns.length > 0;
  return (
    <section class="sql-answer" aria-label={words.table}>
      <div class="sql-answer-bar">
        <StatusLine state={state} reader={reader} />
        {hasColumns && (
          <div class="sql-switch">
            {view === "table" && <CopyButton words={words} text={() => copied.current()} />}
            {(["table", "chart"] as const).map((kind) => (
              <button
                key={kind}
                type="button"
                aria-pressed={view === kind}
                onClick={() => {
                  state.view.value = kind;
                }}
              >
                {words[kind]}
              </button>
            ))}
          </div>
        )}
      </div>
      {run !== null && <Failure state={state} reader={reader} run={run} />}
      {hasColumns && view === "table" && (
        <ResultTable
          columns={run.columns}
          rows={state.rows}
          order={state.order}
          reader={reader}
          onSelect={(text) => {
            copied.current = text;
          }}
        />
      )}
      {hasColumns && view === "chart" && <AnswerChart run={run} chart={state.chart} reader={reader} />}
      {hasColumns && run.rows.length === 0 && run.outcome?.kind === "whole" && <p class="empty">{words.noRows}</p>}
    </section>
  );
};
