import { computed, effect, signal } from "@preact/signals";
import { render } from "preact";
import type { Slideshow } from "../board/board-definition.ts";
import type { BoardSummary, BoardsAnswer } from "../board/boards-answer.ts";
import type { CatalogueAnswer } from "../board/catalogue-answer.ts";
import { type BoardSession, openBoardSession } from "./board-session.ts";
import { chooseLanguage, type Language } from "./reader/language.ts";
import { createReaderState } from "./reader/reader-state.ts";
import { keptChoice } from "./shell/kept-choice.ts";
import { PageView } from "./shell/page-view.tsx";
import { routeOf } from "./shell/route.ts";
import type { Settings } from "./shell/settings-menu.tsx";
import { type ThemeChoice, themeChoiceOf, themeOf } from "./shell/theme.ts";

/** The page's wiring: address, board, language, colours, and the browser's own signs that the network is back. */

const ownBuild = document.querySelector<HTMLMetaElement>('meta[name="leadwire-build"]')?.content ?? "";
const keptLanguage = keptChoice("leadwire-language");
const keptTheme = keptChoice("leadwire-theme");

const session = signal<BoardSession | null>(null);
const boards = signal<ReadonlyArray<BoardSummary>>([]);
const slideshows = signal<ReadonlyArray<Slideshow>>([]);
const themeChoice = signal<ThemeChoice>(themeChoiceOf(keptTheme.read()));

/** Null where the server does not answer: the page then does without, and the board says that it is disconnected. */
const fetchJson = async <Answer,>(url: string): Promise<Answer | null> => {
  try {
    const response = await fetch(url);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
};

const readerState = createReaderState((language) =>
  fetchJson<CatalogueAnswer>(`/api/catalogue?lang=${encodeURIComponent(language)}`),
);
const workspace = computed(() => {
  const head = session.value?.store.head.value;
  return { timeZone: head?.timeZone ?? "UTC", currency: head?.currency ?? "EUR" };
});
const reader = readerState.of(workspace);

/** A screen that hangs for months outlives many builds: it takes the server's, once each. */
const onBuild = (build: string): void => {
  if (build === ownBuild || sessionStorage.getItem("leadwire-build") === build) return;
  sessionStorage.setItem("leadwire-build", build);
  location.reload();
};

const onLogin = (): void => location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);

const show = (id: string | null): void => {
  if (session.peek() !== null && session.peek()?.id === id) return;
  session.peek()?.close();
  session.value = openBoardSession(id, { onBuild, onLogin });
};

const loadBoards = async (): Promise<void> => {
  const [answer, shows] = await Promise.all([
    fetchJson<BoardsAnswer>("/api/boards"),
    fetchJson<ReadonlyArray<Slideshow>>("/api/slideshows"),
  ]);
  boards.value = answer?.boards ?? [];
  slideshows.value = shows ?? [];
};

const follow = async (): Promise<void> => {
  const route = routeOf(location.pathname);
  if (route.kind === "board" && route.id !== null) show(route.id);
  await loadBoards();
  if (route.kind === "show") show(slideshows.value.find(({ id }) => id === route.id)?.slides[0]?.board ?? null);
  else if (route.id === null) show(boards.value[0]?.id ?? null);
};

const onGo = (path: string): void => {
  if (path !== location.pathname) history.pushState(null, "", path);
  void follow();
};

const onExplain = (_tileId: string): void => undefined;

const onLanguage = (language: Language): void => {
  keptLanguage.write(language);
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

const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const prefersContrast = matchMedia("(prefers-contrast: more)");
const system = signal({ prefersDark: prefersDark.matches, prefersContrast: prefersContrast.matches });
const onSystem = (): void => {
  system.value = { prefersDark: prefersDark.matches, prefersContrast: prefersContrast.matches };
};
prefersDark.addEventListener("change", onSystem);
prefersContrast.addEventListener("change", onSystem);

setInterval(() => session.peek()?.tick(), 1_000);
addEventListener("popstate", () => void follow());
addEventListener("online", () => session.peek()?.connection.retryNow());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") session.peek()?.connection.retryNow();
});
effect(() => {
  document.documentElement.lang = reader.value.locale;
});
effect(() => {
  const store = session.value?.store;
  const title = store?.head.value?.board.title ?? "Leadwire";
  document.title = store?.connection.value === "disconnected" ? `⚠ ${title}` : title;
});
effect(() => {
  const board = session.value?.store.head.value?.board.theme ?? "auto";
  document.documentElement.dataset["theme"] = themeOf(themeChoice.value, board, system.value);
});

const asked = new URLSearchParams(location.search).get("lang");
void readerState.choose(chooseLanguage(asked, keptLanguage.read(), navigator.languages));
void follow();
const root = document.getElementById("board");
if (root !== null)
  render(
    <PageView
      session={session}
      reader={reader}
      boards={boards}
      slideshows={slideshows}
      settings={settings}
      onGo={onGo}
      onExplain={onExplain}
    />,
    root,
  );
