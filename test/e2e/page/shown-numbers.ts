import type { KpiAnswer } from "@leadwire/kpis";
import type { BoardDefinition, TileDefinition } from "@leadwire/wallboard";
import { englishReader, plain } from "../../../services/wallboard/src/page/charts/testing/english-reader.ts";
import { shortText } from "../../../services/wallboard/src/page/charts/tick-text.ts";
import { formatValue } from "../../../services/wallboard/src/page/reader/number-format.ts";
import type { WatchedPage } from "../../../services/wallboard/src/testing/browser.ts";

type Asking = Extract<TileDefinition, { readonly metric: string; readonly window: string }>;

/** Asks as `npx leadwire kpi` does. */
export type AskKpi = (...args: ReadonlyArray<string>) => Promise<ReadonlyArray<KpiAnswer>>;

/** What each tile with a number shows: its text, or name and value of each row. */
export type Shown = Readonly<Record<string, ReadonlyArray<string>>>;

const isAsking = (tile: TileDefinition): tile is Asking =>
  tile.type === "number" || tile.type === "gauge" || tile.type === "leaderboard";

/** The page's numbers, read from what the browser has drawn. */
export const shownOn = async ({ page }: WatchedPage, { tiles }: BoardDefinition): Promise<Shown> => {
  const found: Record<string, ReadonlyArray<string>> = {};
  for (const tile of tiles.filter(isAsking)) {
    const at = page.locator(`[data-tile="${tile.id}"]`);
    const texts =
      tile.type === "leaderboard"
        ? await at
            .locator(".row")
            .evaluateAll((rows) =>
              rows.map((row) =>
                [".row-name", ".row-value"].map((part) => row.querySelector(part)?.textContent).join(" "),
              ),
            )
        : await at.locator(".value-text").allTextContents();
    found[tile.id] = texts.map(plain);
  }
  return found;
};

/** As the browser is set up. */
const reader = { ...englishReader, locale: "en-GB" };

/** A number, or a row's where there is less room for it, in the page's own words. */
const textOf = (answer: KpiAnswer, tile: Asking): string => {
  const { value, unit, currency } = answer;
  if (value === null) return reader.texts.noData;
  const write = tile.type === "leaderboard" ? shortText : longText;
  return plain(write(value, currency === undefined ? { unit } : { unit, currency }, tile.format, reader));
};

const longText: typeof shortText = (value, measured, format, { locale, texts }) =>
  formatValue(value, measured, locale, texts, format);

/** The best first, as far as the tile has room. */
const rowsOf = (
  answers: ReadonlyArray<KpiAnswer>,
  tile: Extract<Asking, { type: "leaderboard" }>,
  room: number,
): ReadonlyArray<string> =>
  answers
    .filter(({ value }) => value !== null && value !== 0)
    .toSorted(
      (a, b) => (b.value ?? 0) - (a.value ?? 0) || ((a.group[tile.by] ?? "") < (b.group[tile.by] ?? "") ? -1 : 1),
    )
    .slice(0, room)
    .map((answer) => `${answer.group[tile.by]} ${textOf(answer, tile)}`);

/** What the command line says at the end of the minute that is running at `nowMs`, written as the page writes it. */
export const toldAt = async (ask: AskKpi, { tiles }: BoardDefinition, nowMs: number, shown: Shown): Promise<Shown> => {
  const edgeMs = (Math.floor(nowMs / 60_000) + 1) * 60_000;
  const found: Record<string, ReadonlyArray<string>> = {};
  for (const tile of tiles.filter(isAsking)) {
    const isLevel = tile.window === "now";
    const answers = await ask(
      tile.metric,
      ...["--window", isLevel ? "all" : tile.window],
      ...["--at", new Date(isLevel ? edgeMs : edgeMs - 1).toISOString()],
      ...tile.where.flatMap(([dimension, value]) => ["--where", `${dimension}=${value}`]),
      ...(tile.type === "leaderboard" ? ["--by", tile.by] : []),
    );
    found[tile.id] =
      tile.type === "leaderboard"
        ? rowsOf(answers, tile, shown[tile.id]?.length ?? 0)
        : answers.map((answer) => textOf(answer, tile));
  }
  return found;
};
