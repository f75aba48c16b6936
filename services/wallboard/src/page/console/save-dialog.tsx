import { useEffect, useRef, useState } from "preact/hooks";
import type { SavedQuery } from "../../console/saved-query.ts";
import type { ConsoleReader } from "./console-words.ts";
import { nameFor } from "./kept/query-name.ts";
import type { SaveOutcome } from "./kept/query-requests.ts";

interface SaveDialogProps {
  /** What is saved, and what it was called before. */
  readonly start: SavedQuery;
  readonly reader: ConsoleReader;
  /** `isOver`: also where another stands there. */
  readonly onSave: (query: SavedQuery, isOver: boolean) => Promise<SaveOutcome>;
  readonly onClose: () => void;
}

/** Keeps a query for everybody. The name follows the title until somebody writes one. */
export const SaveDialog = ({ start, reader, onSave, onClose }: SaveDialogProps) => {
  const { words } = reader;
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState(start);
  const [isNamed, setNamed] = useState(start.name !== "");
  const [problem, setProblem] = useState<{ readonly text: string; readonly isTaken: boolean } | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const save = async (isOver: boolean): Promise<void> => {
    const outcome = await onSave(query, isOver);
    if (outcome.kind === "saved") onClose();
    else if (outcome.kind === "changed") setProblem({ text: words.savedMeanwhile, isTaken: true });
    else setProblem({ text: outcome.told, isTaken: false });
  };
  return (
    <dialog ref={dialog} class="confirm sql-save" aria-label={words.saveTitle} onCancel={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save(false);
        }}
      >
        <h2>{words.saveTitle}</h2>
        <label>
          <span>{words.heading}</span>
          <input
            value={query.title}
            maxLength={200}
            onInput={({ currentTarget: { value: title } }) =>
              setQuery({ ...query, title, ...(isNamed ? {} : { name: nameFor(title) }) })
            }
          />
        </label>
        <label>
          <span>{words.name}</span>
          <input
            required
            value={query.name}
            maxLength={60}
            aria-describedby="sql-name-hint"
            onInput={({ currentTarget: { value: name } }) => {
              setNamed(true);
              setQuery({ ...query, name });
            }}
          />
        </label>
        <p class="sql-comment" id="sql-name-hint">
          {words.nameHint}
        </p>
        <label>
          <span>{words.description}</span>
          <input
            value={query.description}
            maxLength={500}
            onInput={({ currentTarget: { value: description } }) => setQuery({ ...query, description })}
          />
        </label>
        {problem !== null && (
          <p class="sql-failure" role="alert">
            {problem.text}
          </p>
        )}
        <div class="edit-actions">
          <button type="button" onClick={onClose}>
            {words.back}
          </button>
          {problem?.isTaken === true && (
            <button type="button" class="danger" onClick={() => void save(true)}>
              {words.saveOver}
            </button>
          )}
          <button type="submit" class="primary">
            {words.save}
          </button>
        </div>
      </form>
    </dialog>
  );
};
