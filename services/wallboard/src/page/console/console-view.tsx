import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { BoardSummary } from "../../board/boards-answer.ts";
import type { SavedQuery } from "../../console/saved-query.ts";
import { BoardMenu } from "../shell/board-menu.tsx";
import { Mark } from "../shell/mark.tsx";
import { type Settings, SettingsMenu } from "../shell/settings-menu.tsx";
import { fill } from "../texts/texts.ts";
import { AnswerView } from "./answer/answer-view.tsx";
import { type ConsoleState, isSchema } from "./console-state.ts";
import type { ConsoleReader } from "./console-words.ts";
import { EditorBox } from "./editor/editor-box.tsx";
import type { EditorTerms } from "./editor/sql-editor.ts";
import { EditorSplit } from "./editor-split.tsx";
import type { DownloadForm } from "./kept/download.ts";
import type { SaveOutcome } from "./kept/query-requests.ts";
import { ParameterFields } from "./parameter-fields.tsx";
import { RunBar } from "./run-bar.tsx";
import { SaveDialog } from "./save-dialog.tsx";
import { SidePanel } from "./side/side-panel.tsx";

export interface ConsoleProps {
  readonly state: ConsoleState;
  readonly reader: ReadonlySignal<ConsoleReader>;
  readonly settings: ReadonlySignal<Settings>;
  readonly boards: ReadonlySignal<ReadonlyArray<BoardSummary>>;
  /** Said to everybody: a link was copied, a query saved. */
  readonly notice: ReadonlySignal<string>;
  /** What stands in the editor at first. */
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onGo: (path: string) => void;
  readonly onText: (sql: string) => void;
  readonly onOpen: (name: string) => void;
  readonly onRemove: (name: string) => void;
  readonly onShare: () => void;
  readonly onDownload: (form: DownloadForm) => void;
  readonly onSave: (query: SavedQuery, isOver: boolean) => Promise<SaveOutcome>;
}

/** Whose rows these are, where they are not all of them. */
const FilterNote = ({ state, reader }: { readonly state: ConsoleState; readonly reader: ConsoleReader }) => {
  const schema = state.schema.value;
  if (!isSchema(schema) || schema.where.length === 0) return null;
  const filter = schema.where.map(([dimension, value]) => `${dimension} = ${value}`).join(", ");
  return <p class="sql-filter">{fill(reader.words.filtered, { filter })}</p>;
};

/** Who may not ask sees why, and whom to ask for what. */
const NoRight = ({ state, reader }: { readonly state: ConsoleState; readonly reader: ConsoleReader }) => {
  const schema = state.schema.value;
  if (schema === null || isSchema(schema)) return null;
  const isAway = schema.kind === "unreachable";
  return (
    <div class="sql-refusal" role="alert">
      <strong>{isAway ? reader.words.unreachable : reader.words.noRight}</strong>
      {schema.told !== "" && <p>{schema.told}</p>}
    </div>
  );
};

const emptySchema = { views: [], functions: [] };

const startOf = (state: ConsoleState): SavedQuery => {
  const opened = state.opened.peek()?.query;
  const sql = state.editor.peek()?.text() ?? "";
  const { name = "", title = "", description = "" } = opened ?? {};
  return { name, title, description, sql, chart: state.shownChart.peek() };
};

/** Esc ends what runs, unless whatever is open takes it. */
const useEscape = (state: ConsoleState): void =>
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented || !state.isRunning.peek()) return;
      event.preventDefault();
      state.cancel();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

const editorTerms = ({ state, reader, text, onChange }: ConsoleProps, onSave: () => void): EditorTerms => {
  const { words } = reader.peek();
  return {
    text,
    label: words.editor,
    hint: words.hint,
    schema: () => {
      const now = state.schema.peek();
      return isSchema(now) ? now : emptySchema;
    },
    onRun: state.ask,
    onSave,
    onChange: () => {
      state.look();
      onChange(state.editor.peek()?.text() ?? "");
    },
  };
};

/** What the editor was opened with: a saved query's title, and what it is for. */
const Opened = ({ state }: Pick<ConsoleProps, "state">) => {
  const query = state.opened.value?.query;
  if (query === undefined) return null;
  return (
    <div class="sql-opened">
      <h2>{query.title || query.name}</h2>
      {query.description !== "" && <p>{query.description}</p>}
    </div>
  );
};

/** Who sees no board has a heading, and no menu that would be empty. */
const Header = ({ reader, settings, boards, onGo }: ConsoleProps) => {
  const { words, texts } = reader.value;
  return (
    <header class="top">
      <Mark />
      {boards.value.length === 0 ? (
        <h1 class="sql-title">{words.title}</h1>
      ) : (
        <BoardMenu
          title={words.title}
          id={null}
          boards={boards.value}
          slideshows={[]}
          texts={texts}
          onGo={onGo}
          onLook={() => undefined}
        />
      )}
      <div class="actions sql-actions">
        <SettingsMenu settings={settings.value} texts={texts} />
      </div>
    </header>
  );
};

/** The page: schema beside, statement above, answer below. */
export const ConsoleView = (props: ConsoleProps) => {
  const { state, notice, onSave } = props;
  const reader = props.reader.value;
  const { words } = reader;
  const saving = useSignal<SavedQuery | null>(null);
  const schema = state.schema.value;
  const canSave = isSchema(schema) && schema.canEdit;
  const save = (): void => {
    const now = state.schema.peek();
    if (isSchema(now) && now.canEdit) saving.value = startOf(state);
  };
  const terms = useMemo(() => editorTerms(props, save), []);
  useEscape(state);
  return (
    <div class="page sql-page">
      <a class="skip" href="#sql-main">
        {words.skip}
      </a>
      <Header {...props} />
      <div class="sql-split">
        <SidePanel
          state={state}
          reader={reader}
          onText={props.onText}
          onOpen={props.onOpen}
          onRemove={props.onRemove}
        />
        <main class="sql-main" id="sql-main" tabIndex={-1}>
          <NoRight state={state} reader={reader} />
          <div class="sql-top">
            <RunBar
              state={state}
              reader={reader}
              canSave={canSave}
              onSave={save}
              onShare={props.onShare}
              onDownload={props.onDownload}
            />
            <FilterNote state={state} reader={reader} />
            <p class="sql-notice" role="status">
              {notice.value}
            </p>
          </div>
          <Opened state={state} />
          <EditorSplit label={words.resize}>
            <EditorBox
              terms={terms}
              onOpen={(editor) => {
                state.editor.value = editor;
                state.look();
              }}
            />
          </EditorSplit>
          <ParameterFields state={state} reader={reader} />
          <AnswerView state={state} reader={reader} />
        </main>
      </div>
      {saving.value !== null && (
        <SaveDialog
          start={saving.value}
          reader={reader}
          // What came meanwhile is on the screen by now.
          onSave={(query, isOver) => onSave({ ...query, chart: state.shownChart.peek() }, isOver)}
          onClose={() => {
            saving.value = null;
          }}
        />
      )}
    </div>
  );
};
