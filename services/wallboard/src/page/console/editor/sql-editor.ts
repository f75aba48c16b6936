import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { Compartment, EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import type { ConsoleSchema } from "../../../console/console-schema.ts";
import type { ErrorPlace } from "../sql/error-place.ts";
import { formatSql } from "../sql/format-sql.ts";
import { type Statement, statementAt, statementsOf } from "../sql/statements.ts";
import { editorTheme } from "./editor-theme.ts";
import { clickHouseSql, completeFrom } from "./sql-language.ts";

export interface EditorTerms {
  readonly text: string;
  /** To a screen reader. */
  readonly label: string;
  readonly hint: string;
  readonly schema: () => Pick<ConsoleSchema, "views" | "functions">;
  readonly onRun: () => void;
  readonly onSave: () => void;
  /** The text has changed, or the cursor is elsewhere. */
  readonly onChange: () => void;
}

/** The editor, as the rest of the console knows it. */
export interface SqlEditor {
  readonly text: () => string;
  /** What Run would run; undefined where there is nothing. */
  readonly statement: () => Statement | undefined;
  /** Takes the place of all that stands there, as one step that can be undone. */
  readonly setText: (text: string) => void;
  /** Puts a word at the cursor, with spaces where it would run into its neighbours. */
  readonly insert: (text: string) => void;
  /** Lays out the selection's or the cursor's statement. */
  readonly format: () => void;
  readonly markError: (place: ErrorPlace | null) => void;
  readonly goTo: (at: number) => void;
  readonly focus: () => void;
  /** What may be called is known by now. */
  readonly learn: () => void;
  readonly close: () => void;
}

const setError = StateEffect.define<ErrorPlace | null>();
const errorMark = Decoration.mark({ class: "cm-error-place" });

/** What an error is about stays marked while it moves with the text, until the next run. */
const errorField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, { changes, effects }) => {
    for (const effect of effects) {
      if (!effect.is(setError)) continue;
      const place = effect.value;
      return place === null || place.to <= place.from
        ? Decoration.none
        : Decoration.set([errorMark.range(place.from, place.to)]);
    }
    return marks.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const statementLine = Decoration.line({ class: "cm-statement" });

/** Among several statements a bar beside the one that Run would run. */
const statementMarks = EditorView.decorations.compute(["doc", "selection"], ({ doc, selection }) => {
  const text = doc.toString();
  const { from, to } = selection.main;
  const here = statementsOf(text).length > 1 ? statementAt(text, from, to) : undefined;
  if (here === undefined) return Decoration.none;
  const [first, last] = [doc.lineAt(here.from).number, doc.lineAt(here.to).number];
  return Decoration.set(
    Array.from({ length: last - first + 1 }, (_, index) => statementLine.range(doc.line(first + index).from)),
  );
});

const statementOf = ({ doc, selection: { main } }: EditorState): Statement | undefined =>
  statementAt(doc.toString(), main.from, main.to);

const formatIn = (view: EditorView): boolean => {
  const statement = statementOf(view.state);
  if (statement === undefined) return true;
  const insert = formatSql(statement.text);
  if (insert !== statement.text)
    view.dispatch({
      changes: { from: statement.from, to: statement.to, insert },
      selection: { anchor: statement.from },
    });
  return true;
};

/**
 * What is typed over a selection. Left to itself the browser would give the new text the old one's looks as an inline style,
 * which the page's policy refuses.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { from, to, empty } = view.state.selection.main;
    const text = event.data;
    if (empty || text === null || event.inputType !== "insertText" || view.composing) return false;
    const insert = () => view.state.update({ ...view.state.replaceSelection(text), userEvent: "input.type" });
    const isHandled = view.state.facet(EditorView.inputHandler).some((take) => take(view, from, to, text, insert));
    if (!isHandled) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

const insertIn = (view: EditorView, text: string): void => {
  const { from, to } = view.state.selection.main;
  const [before, after] = [view.state.sliceDoc(Math.max(0, from - 1), from), view.state.sliceDoc(to, to + 1)];
  const insert = `${/[\w)\]`'",]/u.test(before) ? " " : ""}${text}${/[\w(`'"]/u.test(after) ? " " : ""}`;
  view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: "input" });
  view.focus();
};

/** Whatever comes of it, the key is taken. */
const done = (task: () => void) => (): boolean => {
  task();
  return true;
};

const keysOf = ({ onRun, onSave }: EditorTerms) =>
  Prec.highest(
    keymap.of([
      {
        key: "Mod-Enter",
        run: (view) => {
          closeCompletion(view);
          onRun();
          return true;
        },
      },
      { key: "Mod-s", run: done(onSave) },
      { key: "Shift-Alt-f", run: formatIn },
    ]),
  );

/**
 * An editor within `parent`, in a shadow of its own: there the browser takes its style as style sheets of a script, which a
 * page that allows no inline style takes nowhere else. Tab leaves it; Ctrl+[ and Ctrl+] indent.
 */
export const openSqlEditor = (parent: HTMLElement, terms: EditorTerms): SqlEditor => {
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: "open" });
  const language = new Compartment();
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: terms.text,
      extensions: [
        [lineNumbers(), highlightActiveLineGutter(), highlightActiveLine(), drawSelection(), history()],
        [bracketMatching(), closeBrackets(), indentOnInput(), indentUnit.of("  "), EditorView.lineWrapping],
        [errorField, statementMarks, typeOver, placeholder(terms.hint), editorTheme],
        language.of(clickHouseSql(terms.schema().functions)),
        autocompletion({
          override: [completeFrom(terms.schema)],
          maxRenderedOptions: 60,
          filterStrict: true,
          icons: false,
        }),
        keysOf(terms),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({ "aria-label": terms.label, spellcheck: "false", translate: "no" }),
        EditorView.updateListener.of(({ docChanged, selectionSet }) => {
          if (docChanged || selectionSet) terms.onChange();
        }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    statement: () => statementOf(view.state),
    setText: (insert) => {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert }, effects: setError.of(null) });
    },
    insert: (text) => insertIn(view, text),
    format: () => void formatIn(view),
    markError: (place) => view.dispatch({ effects: setError.of(place) }),
    goTo: (at) => {
      view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) }, scrollIntoView: true });
      view.focus();
    },
    focus: () => view.focus(),
    learn: () => view.dispatch({ effects: language.reconfigure(clickHouseSql(terms.schema().functions)) }),
    close: () => view.destroy(),
  };
};
