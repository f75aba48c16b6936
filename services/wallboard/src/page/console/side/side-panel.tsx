import { useSignal } from "@preact/signals";
import { type ConsoleState, isSchema } from "../console-state.ts";
import type { ConsoleReader } from "../console-words.ts";
import { HistoryList } from "./history-list.tsx";
import { SavedList } from "./saved-list.tsx";
import { SchemaBrowser } from "./schema-browser.tsx";

interface SideProps {
  readonly state: ConsoleState;
  readonly reader: ConsoleReader;
  /** Puts a statement into the editor. */
  readonly onText: (sql: string) => void;
  readonly onOpen: (name: string) => void;
  readonly onRemove: (name: string) => void;
}

const parts = ["schema", "saved", "history"] as const;

/** Beside the editor: what can be asked, what is kept, what was asked. Tabs for the keyboard, too (arrow keys). */
export const SidePanel = ({ state, reader, onText, onOpen, onRemove }: SideProps) => {
  const { words } = reader;
  const chosen = useSignal<(typeof parts)[number]>("schema");
  const schema = state.schema.value;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const next = parts[(parts.indexOf(chosen.value) + step + parts.length) % parts.length] ?? "schema";
    chosen.value = next;
    document.getElementById(`sql-tab-${next}`)?.focus();
  };
  return (
    <aside class="sql-side" aria-label={words.sideLabel}>
      <div class="sql-tabs" role="tablist" aria-label={words.sideLabel} onKeyDown={onKeyDown}>
        {parts.map((part) => (
          <button
            key={part}
            type="button"
            role="tab"
            id={`sql-tab-${part}`}
            aria-selected={chosen.value === part}
            aria-controls="sql-side-part"
            tabIndex={chosen.value === part ? 0 : -1}
            onClick={() => {
              chosen.value = part;
            }}
          >
            {words.side[part]}
          </button>
        ))}
      </div>
      <div class="sql-part" role="tabpanel" id="sql-side-part" aria-labelledby={`sql-tab-${chosen.value}`}>
        {chosen.value === "schema" && isSchema(schema) && (
          <SchemaBrowser schema={schema} reader={reader} onInsert={(text) => state.editor.peek()?.insert(text)} />
        )}
        {chosen.value === "saved" && <SavedList state={state} reader={reader} onOpen={onOpen} onRemove={onRemove} />}
        {chosen.value === "history" && <HistoryList state={state} reader={reader} onOpen={onText} />}
      </div>
    </aside>
  );
};
