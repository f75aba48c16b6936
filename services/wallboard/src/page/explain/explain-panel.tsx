import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { TileDefinition } from "../../board/board-definition.ts";
import type { BoardStore } from "../board-store.ts";
import type { Reader } from "../reader/reader.ts";
import { titleOf } from "../tiles/tile-title.ts";
import { AnswerView } from "./answer-view.tsx";
import type { ExplainState } from "./explain-state.ts";
import type { NumberChoice } from "./number-choice.ts";
import { choiceWith, tileChoices } from "./tile-choices.ts";

interface PanelProps {
  readonly state: ExplainState;
  readonly store: BoardStore;
  readonly definition: TileDefinition;
  readonly choice: NumberChoice;
  readonly reader: Reader;
}

const ChoiceFields = ({ state, store, definition, choice, reader }: PanelProps) => {
  const fields = tileChoices(definition, store.tile(definition.id).value, choice, reader);
  if (fields.length === 0) return null;
  return (
    <div class="explained-choices">
      {fields.map(({ key, label, options, chosen }) => (
        <label key={key}>
          <span class="quiet">{label}</span>
          <select
            value={chosen}
            onChange={({ currentTarget }) => state.choose(choiceWith(choice, key, currentTarget.value))}
          >
            {options.map(({ value, text }) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </label>
      ))}
    </div>
  );
};

const ToldView = ({ state, reader }: Pick<PanelProps, "state" | "reader">) => {
  const { answer, problem, isReading } = state.told.value;
  const { explained } = reader.texts;
  if (answer !== undefined)
    return <AnswerView answer={answer} reader={reader} isReading={isReading} onMore={state.more} />;
  if (isReading || problem === undefined) return <p class="explained-wait">{explained.reading}</p>;
  return (
    <div class="explained-wait" role="alert">
      {/* The server's own sentence is English. */}
      {problem === null ? <p>{explained.unreachable}</p> : <p lang="en">{problem}</p>}
      <button type="button" onClick={state.again}>
        {explained.tryAgain}
      </button>
    </div>
  );
};

/** The browser keeps the focus inside and closes by Escape; afterwards the focus is where it was. */
const Panel = (props: PanelProps) => {
  const { state, definition, reader } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    // The dialog is out of the page by then, so that the browser does not know any more where the focus came from.
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  const { title, about } = titleOf(definition, reader);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the panel closes it; Escape does for a keyboard
    <dialog
      ref={dialog}
      class="explained"
      aria-labelledby="explained-title"
      aria-busy={state.told.value.isReading}
      onCancel={(event) => {
        event.preventDefault();
        state.close();
      }}
      onClose={state.close}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget) state.close();
      }}
    >
      <div class="explained-sheet">
        <header class="explained-head">
          <h2 id="explained-title">
            <span class="unseen">{reader.texts.explained.title}: </span>
            {title}
            {about !== "" && <span class="quiet"> {about}</span>}
          </h2>
          <button type="button" class="explained-close" aria-label={reader.texts.close} onClick={state.close}>
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M5 5l10 10M15 5L5 15" />
            </svg>
          </button>
        </header>
        <ChoiceFields {...props} />
        <ToldView state={state} reader={reader} />
      </div>
    </dialog>
  );
};

interface ExplainProps {
  readonly state: ExplainState;
  /** Of the board in front. */
  readonly store: ReadonlySignal<BoardStore | undefined>;
  readonly reader: ReadonlySignal<Reader>;
}

/** What stands behind the number that the address names, over the board; nothing where it names none of this board's. */
export const ExplainPanel = ({ state, store, reader }: ExplainProps) => {
  const asked = state.asked.value;
  const front = store.value;
  const definition = front?.head.value?.board.tiles.find(({ id }) => id === asked?.tile);
  if (asked === null || front === undefined || definition === undefined) return null;
  return <Panel state={state} store={front} definition={definition} choice={asked.choice} reader={reader.value} />;
};
