import { formatWhen } from "../../reader/time-format.ts";
import { counted } from "../../texts/counted.ts";
import type { ConsoleState } from "../console-state.ts";
import { bytesText, type ConsoleReader, elapsedText } from "../console-words.ts";
import type { PastQuery } from "../kept/query-history.ts";

interface HistoryProps {
  readonly state: ConsoleState;
  readonly reader: ConsoleReader;
  readonly onOpen: (sql: string) => void;
}

const firstLines = (sql: string): string => sql.replace(/\s+/gu, " ").slice(0, 160);

const PastItem = ({
  past,
  reader,
  onOpen,
  onRemove,
}: Omit<HistoryProps, "state"> & { readonly past: PastQuery; readonly onRemove: () => void }) => {
  const { locale, timeZone, words } = reader;
  const { sql, atMs, elapsedMs, rows, readBytes, error } = past;
  return (
    <li class="sql-past">
      <button type="button" class="sql-past-open" onClick={() => onOpen(sql)}>
        <code>{firstLines(sql)}</code>
        <span class="sql-past-said" data-failed={error !== null}>
          {formatWhen(atMs, locale, timeZone)} · {elapsedText(elapsedMs, reader)}
          {error === null && ` · ${counted(words.rows, rows, locale, { decimals: 0 })}`}
          {readBytes > 0 && ` · ${bytesText(readBytes, reader)}`}
        </span>
        {error !== null && <span class="sql-past-error">{error.slice(0, 200)}</span>}
      </button>
      <button
        type="button"
        class="sql-insert"
        aria-label={`${words.remove}: ${firstLines(sql)}`}
        title={words.remove}
        onClick={onRemove}
      >
        ×
      </button>
    </li>
  );
};

/** What was run in this browser, newest first. Opening one puts it into the editor and runs nothing. */
export const HistoryList = ({ state, reader, onOpen }: HistoryProps) => {
  const history = state.history.value;
  const { words } = reader;
  if (history.length === 0) return <p class="sql-comment">{words.noHistory}</p>;
  return (
    <>
      <ul class="sql-list">
        {history.map((past) => (
          <PastItem
            key={`${past.atMs} ${past.sql.length}`}
            past={past}
            reader={reader}
            onOpen={onOpen}
            onRemove={() => state.setHistory(history.filter((each) => each !== past))}
          />
        ))}
      </ul>
      <button type="button" class="sql-clear" onClick={() => state.setHistory([])}>
        {words.clearHistory}
      </button>
    </>
  );
};
