import { computed, effect, signal } from "@preact/signals";
import { render } from "preact";
import type { BoardSummary } from "../../board/boards-answer.ts";
import { chooseLanguage, type Language } from "../reader/language.ts";
import { createReaderState } from "../reader/reader-state.ts";
import { dataOf, server } from "../server.ts";
import { keptChoice } from "../shell/kept-choice.ts";
import type { Settings } from "../shell/settings-menu.tsx";
import { systemColours } from "../shell/system-colours.ts";
import { type ThemeChoice, themeChoiceOf, themeOf } from "../shell/theme.ts";
import { fill } from "../texts/texts.ts";
import { queryNameOf, queryPath } from "./console-address.ts";
import { createConsoleState, isSchema } from "./console-state.ts";
import { type ConsoleProps, ConsoleView } from "./console-view.tsx";
import type { ConsoleReader } from "./console-words.ts";
import { copyText } from "./kept/copy-text.ts";
import { deleteQuery, fetchQuery, type OpenQuery, saveQuery } from "./kept/query-requests.ts";
import { readShareHash, shareHash } from "./kept/share-link.ts";
import { consoleTexts } from "./texts/en.ts";
import { loadConsoleTexts } from "./texts/load-console-texts.ts";

/** The console's wiring: address, language, colours, what the browser keeps. */

const keptLanguage = keptChoice("leadwire-language");
const keptTheme = keptChoice("leadwire-theme");
const draft = keptChoice("leadwire-sql-draft");
const example = "SELECT kind, outcome, count() AS facts\nFROM facts\nGROUP BY kind, outcome\nORDER BY facts DESC";

const send = (url: string, init?: RequestInit): Promise<Response> => fetch(url, init);

const giveFile = (file: Blob, name: string): void => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

/** Random enough that no two queries have one name; `randomUUID` is missing outside of https. */
const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const state = createConsoleState({
  server,
  send,
  nowMs: Date.now,
  newId,
  history: keptChoice("leadwire-sql-history"),
  giveFile,
});
const words = signal(consoleTexts);
const boards = signal<ReadonlyArray<BoardSummary>>([]);
const notice = signal("");
const themeChoice = signal<ThemeChoice>(themeChoiceOf(keptTheme.read()));
const readerState = createReaderState(async () => null);
const workspace = computed(() => {
  const schema = state.schema.value;
  return { timeZone: isSchema(schema) ? schema.timeZone : "UTC", currency: "EUR" };
});
const pageReader = readerState.of(workspace);
const reader = computed<ConsoleReader>(() => ({ ...pageReader.value, words: words.value }));
const system = systemColours();

const choose = async (asked: string | null, kept: string | null): Promise<void> => {
  const choice = chooseLanguage(asked, kept, navigator.languages);
  const [texts] = await Promise.all([loadConsoleTexts(choice.language), readerState.choose(choice)]);
  words.value = texts;
};

const settings = computed<Settings>(() => ({
  language: readerState.language.value,
  theme: themeChoice.value,
  onLanguage: (language: Language) => {
    keptLanguage.write(language);
    void choose(null, language);
  },
  onTheme: (theme) => {
    keptTheme.write(theme);
    themeChoice.value = theme;
  },
}));

/** Puts a statement into the editor, and runs nothing. */
const putText = (sql: string): void => {
  state.editor.peek()?.setText(sql);
  draft.write(sql);
  state.look();
};

const showQuery = (found: OpenQuery): void => {
  state.opened.value = found;
  state.chart.value = found.query.chart;
  state.view.value = found.query.chart === null ? "table" : "chart";
  putText(found.query.sql);
};

/** What the address asks for, if anything. */
const follow = async (): Promise<void> => {
  const name = queryNameOf(location.pathname);
  if (name !== null) {
    const found = await fetchQuery(name, server);
    if (found === null) notice.value = fill(words.peek().noQuery, { name });
    else showQuery(found);
    return;
  }
  state.opened.value = null;
  if (!location.hash.startsWith("#q=")) return;
  const shared = await readShareHash(location.hash);
  if (shared === undefined) {
    notice.value = words.peek().badLink;
    return;
  }
  state.chart.value = shared.chart;
  state.view.value = shared.chart === null ? "table" : "chart";
  state.given.value = shared.parameters;
  putText(shared.sql);
};

const open = (name: string): void => {
  history.pushState(null, "", queryPath(name));
  void follow();
};

const share = async (): Promise<void> => {
  const sql = state.editor.peek()?.text() ?? "";
  const hash = await shareHash({ sql, chart: state.shownChart.peek(), parameters: state.given.peek() });
  history.replaceState(null, "", `/sql${hash}`);
  const isCopied = await copyText(`${location.origin}/sql${hash}`);
  notice.value = isCopied ? `${words.peek().shared}. ${words.peek().shareNote}` : words.peek().shareNote;
};

const save: ConsoleProps["onSave"] = async (query, isOver) => {
  const opened = state.opened.peek();
  const known = opened?.query.name === query.name ? opened.etag : null;
  const etag = isOver ? ((await fetchQuery(query.name, server))?.etag ?? null) : known;
  const outcome = await saveQuery(query, etag, server);
  if (outcome.kind !== "saved") return outcome;
  state.opened.value = outcome;
  history.pushState(null, "", queryPath(query.name));
  notice.value = fill(words.peek().saved, { name: query.name });
  await state.loadQueries();
  return outcome;
};

const remove = async (name: string): Promise<void> => {
  const told = await deleteQuery(name, server);
  notice.value = told ?? "";
  if (told === null && state.opened.peek()?.query.name === name) {
    state.opened.value = null;
    history.replaceState(null, "", "/sql");
  }
  await state.loadQueries();
};

/** Without boards the menu is empty, and the console works. */
const loadBoards = async (): Promise<void> => {
  boards.value = (await dataOf(server.get("/api/boards")))?.boards ?? [];
};

addEventListener("popstate", () => void follow());
effect(() => {
  document.documentElement.lang = reader.value.locale;
});
effect(() => {
  document.documentElement.dataset.theme = themeOf(themeChoice.value, "auto", system.value);
});
effect(() => {
  const opened = state.opened.value?.query;
  document.title = opened === undefined ? "SQL · Leadwire" : `${opened.title || opened.name} · SQL`;
});
effect(() => {
  const schema = state.schema.value;
  if (schema !== null && !isSchema(schema) && schema.kind === "login")
    location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
});
effect(() => {
  const now = state.download.value;
  if (now.kind === "running") notice.value = `${words.peek().downloading}…`;
  if (now.kind === "done") notice.value = fill(words.peek().downloaded, { file: now.file });
  if (now.kind === "failed") notice.value = now.told;
});

const chosen = choose(new URLSearchParams(location.search).get("lang"), keptLanguage.read());
void state.loadSchema().then(() => {
  const schema = state.schema.peek();
  if (isSchema(schema) && schema.seesBoards) void loadBoards();
});
void state.loadQueries();
const draw = (): void => {
  const root = document.getElementById("board");
  if (root === null) return;
  render(
    <ConsoleView
      state={state}
      reader={reader}
      settings={settings}
      boards={boards}
      notice={notice}
      text={draft.read() ?? example}
      onChange={draft.write}
      onGo={(path) => location.assign(path)}
      onText={putText}
      onOpen={open}
      onRemove={(name) => void remove(name)}
      onShare={() => void share()}
      onDownload={(form) => state.take(form, state.opened.peek()?.query.name ?? "query")}
      onSave={save}
    />,
    root,
  );
  void follow();
};
/** Words that are late are not waited for. */
const wordsForMs = 500;
void Promise.race([chosen, new Promise((done) => setTimeout(done, wordsForMs))]).then(draw);
