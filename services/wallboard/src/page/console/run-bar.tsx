import { Menu } from "../shell/menu.tsx";
import type { ConsoleState } from "./console-state.ts";
import type { ConsoleReader } from "./console-words.ts";
import { type DownloadForm, downloadForms } from "./kept/download.ts";

interface RunBarProps {
  readonly state: ConsoleState;
  readonly reader: ConsoleReader;
  readonly canSave: boolean;
  readonly onSave: () => void;
  readonly onShare: () => void;
  readonly onDownload: (form: DownloadForm) => void;
}

const formNames: Readonly<Record<DownloadForm, string>> = { csv: "CSV", parquet: "Parquet" };
const forms: ReadonlyArray<DownloadForm> = Object.keys(downloadForms).filter(
  (form) => form === "csv" || form === "parquet",
);

/** What can be done with the statement. */
export const RunBar = ({ state, reader, canSave, onSave, onShare, onDownload }: RunBarProps) => {
  const { words } = reader;
  const isRunning = state.isRunning.value;
  return (
    <div class="sql-bar">
      {isRunning ? (
        <button type="button" class="sql-run" onClick={state.cancel}>
          {words.cancel} <kbd>Esc</kbd>
        </button>
      ) : (
        <button
          type="button"
          class="sql-run primary"
          title={words.runKey}
          aria-disabled={state.statement.value === undefined}
          onClick={state.ask}
        >
          {words.run} <kbd>Ctrl ↵</kbd>
        </button>
      )}
      <button type="button" onClick={() => state.editor.peek()?.format()} title="Shift+Alt+F">
        {words.format}
      </button>
      <button type="button" onClick={onShare}>
        {words.share}
      </button>
      {canSave && (
        <button type="button" onClick={onSave}>
          {words.save}
        </button>
      )}
      <Menu class="sql-download" button={words.download}>
        {(close) =>
          forms.map((form) => (
            <button
              key={form}
              type="button"
              class="menu-choice"
              onClick={() => {
                close();
                onDownload(form);
              }}
            >
              {formNames[form]}
            </button>
          ))
        }
      </Menu>
    </div>
  );
};
