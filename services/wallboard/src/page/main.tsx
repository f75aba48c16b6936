import { computed, effect, signal } from "@preact/signals";
import { render } from "preact";
import type { Slideshow } from "../board/board-definition.ts";
import type { BoardSummary } from "../board/boards-answer.ts";
import { type BoardSession, openBoardSession } from "./board-session.ts";
import { CelebrationView } from "./celebrate/celebration-view.tsx";
import { createEditDoor } from "./edit/edit-door.ts";
import { ExplainPanel } from "./explain/explain-panel.tsx";
import { createExplainState } from "./explain/explain-state.ts";
import { chooseLanguage, type Language } from "./reader/language.ts";
import { createReaderState } from "./reader/reader-state.ts";
import { dataOf, server } from "./server.ts";
import { keptChoice } from "./shell/kept-choice.ts";
import { RootView } from "./shell/root-view.tsx";
import { routeOf } from "./shell/route.ts";
import type { Settings } from "./shell/settings-menu.tsx";
import { systemColours } from "./shell/system-colours.ts";
import { type ThemeChoice, themeChoiceOf, themeOf } from "./shell/theme.ts";
import { type RunningShow, runShow } from "./show/running-show.ts";
import { isTvAddress, startTvMode } from "./show/tv-mode.ts";

/** The page's wiring: address, board, language, colours, and the browser's own signs that the network is back. */

const ownBuild = document.querySelector<HTMLMetaElement>('meta[name="leadwire-build"]')?.content ?? "";
const keptLanguage = keptChoice("leadwire-language");
const keptTheme = keptChoice("leadwire-theme");

const session = signal<BoardSession | null>(null);
const running = signal<RunningShow | null>(null);
const canEdit = signal(false);
const canSql = signal(false);
const isTv = isTvAddress(location.search);
const hasEnded = signal(false);
const boards = signal<ReadonlyArray<BoardSummary>>([]);
const slideshows = signal<ReadonlyArray<Slideshow>>([]);
const themeChoice = signal<ThemeChoice>(themeChoiceOf(keptTheme.read()));

const readerState = createReaderState((language) =>
  dataOf(server.get("/api/catalogue", { query: { lang: language } })),
);
/** The board that is in front: of a slideshow the slide that is shown. */
const store = computed(() => {
  const show = running.value?.state.value;
  return show === undefined || typeof show === "string" ? session.value?.store : show.shown.value.session.store;
});
const workspace = computed(() => {
  const head = store.value?.head.value;
  return { timeZone: head?.timeZone ?? "UTC", currency: head?.currency ?? "EUR" };
});
const reader = readerState.of(workspace);

/** A screen that hangs for months outlives many builds: it takes the server's, once each. */
const onBuild = (build: string): void => {
  hasEnded.value = false;
  if (editDoor.open.peek() !== null) return;
  if (build === ownBuild || sessionStorage.getItem("leadwire-build") === build) return;
  sessionStorage.setItem("leadwire-build", build);
  location.reload();
};

/** Nobody logs in at a television: it says so, and goes on by itself should its link be taken again. */
const onLogin = (): void => {
  if (isTv) hasEnded.value = true;
  else location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
};

const clock = { nowMs: Date.now, random: Math.random };

const openSession = (id: string | null): BoardSession => openBoardSession(id, clock, { onBuild, onLogin });

const leaveShow = (): void => {
  running.peek()?.close();
  running.value = null;
};

const showBoard = (id: string | null): void => {
  leaveShow();
  if (session.peek() !== null && session.peek()?.id === id) return;
  session.peek()?.close();
  session.value = openSession(id);
};

const showSlides = (id: string): void => {
  if (running.peek()?.id === id) return;
  leaveShow();
  session.peek()?.close();
  session.value = null;
  running.value = runShow(id, {
    fetchShows: () => dataOf(server.get("/api/slideshows")),
    open: openSession,
  });
};

/** Whether the server has answered. */
const loadBoards = async (): Promise<boolean> => {
  const [answer, shows] = await Promise.all([dataOf(server.get("/api/boards")), dataOf(server.get("/api/slideshows"))]);
  if (answer === null || shows === null) return false;
  boards.value = answer.boards;
  canEdit.value = answer.canEdit;
  canSql.value = answer.canSql;
  slideshows.value = shows;
  return true;
};

let nextFollow: ReturnType<typeof setTimeout> | undefined;

const follow = async (): Promise<void> => {
  const route = routeOf(location.pathname);
  if (route.kind === "show") showSlides(route.id);
  else if (route.id !== null) showBoard(route.id);
  explain.follow();
  clearTimeout(nextFollow);
  if (!(await loadBoards())) nextFollow = setTimeout(() => void follow(), 3_000);
  else if (route.kind === "board" && route.id === null) showBoard(boards.value[0]?.id ?? null);
};

const onGo = (path: string): void => {
  if (path !== location.pathname) history.pushState(null, "", path);
  void follow();
};

const editDoor = createEditDoor({ store, boards, reader, onGo });

const explain = createExplainState({
  board: () => session.peek()?.id ?? null,
  server,
  address: {
    search: () => location.search,
    push: (search) => history.pushState({ explain: true }, "", `${location.pathname}${search}`),
    replace: (search) => history.replaceState(history.state, "", `${location.pathname}${search}`),
    isOurs: () => history.state?.explain === true,
    back: () => history.back(),
  },
});

/** At a desk alone: nobody clicks on a television, and a slideshow goes on. */
const onExplain = (tileId: string): void => {
  if (session.peek() !== null && editDoor.open.peek() === null && !isTv) explain.open(tileId);
};

const onLanguage = (language: Language): void => {
  keptLanguage.write(language);
  // What the address asked for was another one.
  const query = new URLSearchParams(location.search);
  query.delete("lang");
  history.replaceState(history.state, "", `${location.pathname}${query.size === 0 ? "" : `?${query}`}`);
  void readerState.choose(chooseLanguage(null, language, navigator.languages));
};

const settings = computed<Settings>(() => ({
  language: readerState.language.value,
  theme: themeChoice.value,
  onLanguage,
  onTheme: (theme) => {
    keptTheme.write(theme);
    themeChoice.value = theme;
  },
}));

const system = systemColours();

const retryNow = (): void => {
  session.peek()?.connection.retryNow();
  running.peek()?.retryNow();
};
setInterval(() => session.peek()?.tick(), 1_000);
setInterval(() => running.peek()?.tick(Date.now()), 200);
addEventListener("popstate", () => {
  if (!editDoor.holdAddress()) void follow();
});
addEventListener("online", retryNow);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") retryNow();
});
effect(() => {
  if (session.value !== null) explain.follow();
});
effect(() => {
  document.documentElement.lang = reader.value.locale;
});
effect(() => {
  const title = store.value?.head.value?.board.title ?? "Leadwire";
  document.title = store.value?.connection.value === "disconnected" ? `⚠ ${title}` : title;
});
effect(() => {
  const board = store.value?.head.value?.board.theme ?? "auto";
  document.documentElement.dataset.theme = themeOf(themeChoice.value, board, system.value);
});

const asked = new URLSearchParams(location.search).get("lang");
const chosen = readerState.choose(chooseLanguage(asked, keptLanguage.read(), navigator.languages));
if (isTv) startTvMode(Date.now);
void follow();
const isSeen = (): boolean => editDoor.open.peek() === null && document.visibilityState === "visible";
const root = document.getElementById("board");
const draw = (): void => {
  if (root === null) return;
  render(
    <>
      <RootView
        session={session}
        reader={reader}
        boards={boards}
        slideshows={slideshows}
        settings={settings}
        onGo={onGo}
        onLook={() => void loadBoards()}
        onExplain={onExplain}
        canEdit={canEdit}
        canSql={canSql}
        onEdit={editDoor.edit}
        onNew={editDoor.begin}
        show={running}
        edit={editDoor.open}
        isTv={isTv}
        hasEnded={hasEnded}
      />
      <ExplainPanel state={explain} store={store} reader={reader} />
      <CelebrationView store={store} reader={reader} isSeen={isSeen} />
    </>,
    root,
  );
};
/** Nobody sees a board change its language while it opens; words that are late are not waited for. */
const wordsForMs = 500;
void Promise.race([chosen, new Promise((done) => setTimeout(done, wordsForMs))]).then(draw);
