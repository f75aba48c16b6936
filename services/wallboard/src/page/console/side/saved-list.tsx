import { useSignal } from "@preact/signals";
import { ConfirmDialog } from "../../edit/confirm-dialog.tsx";
import { fill } from "../../texts/texts.ts";
import type { ConsoleState } from "../console-state.ts";
import type { ConsoleReader } from "../console-words.ts";

interface SavedProps {
  readonly state: ConsoleState;
  readonly reader: ConsoleReader;
  readonly onOpen: (name: string) => void;
  readonly onRemove: (name: string) => void;
}

/** The queries that are kept for everybody. */
export const SavedList = ({ state, reader, onOpen, onRemove }: SavedProps) => {
  const { queries, canEdit } = state.queries.value;
  const { words } = reader;
  const asking = useSignal<string | null>(null);
  const opened = state.opened.value?.query.name;
  if (queries.length === 0) return <p class="sql-comment">{words.noSaved}</p>;
  const asked = asking.value;
  return (
    <>
      <ul class="sql-list">
        {queries.map(({ name, title, description }) => (
          <li key={name} class="sql-past">
            <a
              class="sql-past-open"
              href={`/sql/${encodeURIComponent(name)}`}
              aria-current={name === opened ? "page" : undefined}
              onClick={(event) => {
                if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                onOpen(name);
              }}
            >
              <strong>{title === "" ? name : title}</strong>
              {description !== "" && <span class="sql-past-said">{description}</span>}
            </a>
            {canEdit && (
              <button
                type="button"
                class="sql-insert"
                aria-label={`${words.remove}: ${name}`}
                title={words.remove}
                onClick={() => {
                  asking.value = name;
                }}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
      {asked !== null && (
        <ConfirmDialog
          text={fill(words.removeAsk, { name: asked })}
          yes={words.remove}
          no={words.keep}
          onYes={() => {
            asking.value = null;
            onRemove(asked);
          }}
          onNo={() => {
            asking.value = null;
          }}
        />
      )}
    </>
  );
};
