import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { workspaceFaultText } from "@leadwire/funnel";
import { wholeText } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import {
  type BoardDefinition,
  type BoardShelf,
  parseBoard,
  parseSlideshows,
  type Slideshow,
} from "@leadwire/wallboard";
import { isLeft } from "fp-ts/lib/Either.js";
import { readShelf } from "../board-shelf.ts";
import { loadConfig } from "../config-file.ts";
import { type CliContext, ExitCode, type SharedOptions, wrongUsage } from "../context.ts";
import { safeText } from "../safe-text.ts";
import { leftColumn, rightColumn, tableText } from "../table.ts";

/** What was read, and what is wrong with the rest. */
interface Checked {
  readonly boards: ReadonlyArray<BoardDefinition>;
  readonly slideshows: ReadonlyArray<Slideshow>;
  readonly faults: ReadonlyArray<{ readonly file: string; readonly text: string }>;
}

const slideshowsFile = /^slideshows\.ya?ml$/u;

const textOf = async (cwd: string, file: string): Promise<string> => {
  try {
    return await readFile(resolve(cwd, file), "utf8");
  } catch (fault) {
    throw wrongUsage(`${file} cannot be read: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
};

const ofShelf = (shelf: BoardShelf): Checked => ({
  boards: [...shelf.boards().values()].map(({ board }) => board),
  slideshows: shelf.slideshows(),
  faults: [...shelf.faults()].map(([file, text]) => ({ file, text })),
});

/** The files named alone; a slideshow may show what is named beside it, or stands in the folder. */
const ofFiles = async (context: CliContext, options: SharedOptions, files: ReadonlyArray<string>): Promise<Checked> => {
  const { workspace } = await loadConfig(context, options);
  const boardContext = { catalogue, currency: workspace.currency };
  const boards: BoardDefinition[] = [];
  const slideshows: Slideshow[] = [];
  const faults: Array<Checked["faults"][number]> = [];
  const shows = files.filter((file) => slideshowsFile.test(basename(file)));
  for (const file of files.filter((each) => !shows.includes(each))) {
    const id = basename(file).replace(/\.ya?ml$/u, "");
    const read = parseBoard(id, await textOf(context.cwd, file), boardContext);
    if (!isLeft(read)) boards.push(read.right);
    else faults.push(...read.left.map((fault) => ({ file, text: workspaceFaultText(fault, file) })));
  }
  const known = new Set([...(await readShelf(context, options)).boards().keys(), ...boards.map(({ id }) => id)]);
  for (const file of shows) {
    const read = parseSlideshows(await textOf(context.cwd, file), known);
    if (!isLeft(read)) slideshows.push(...read.right);
    else faults.push(...read.left.map((fault) => ({ file, text: workspaceFaultText(fault, file) })));
  }
  return { boards, slideshows, faults };
};

const counted = (count: number, one: string): string => `${wholeText(count)} ${count === 1 ? one : `${one}s`}`;

const boardLine = ({ id, title, tiles }: BoardDefinition): string =>
  `${id}: ${title}, ${counted(tiles.length, "tile")}`;
const showLine = ({ id, title, slides }: Slideshow): string =>
  `${id}: ${title}, shows ${slides.map(({ board }) => board).join(", ")}`;

/** `boards check`: every board and slideshow in a line, or every fault. */
export const checkBoards = async (
  context: CliContext,
  options: SharedOptions & { readonly files: ReadonlyArray<string> },
): Promise<number> => {
  const { files, json } = options;
  const { boards, slideshows, faults } =
    files.length > 0 ? await ofFiles(context, options, files) : ofShelf(await readShelf(context, options));
  const { out } = context.terminal;
  if (faults.length > 0) {
    const lines = faults.map(({ text }) => `${text.split("\n").map(safeText).join("\n")}\n`);
    await out(json === true ? `${JSON.stringify({ faults })}\n` : lines.join(""));
    return ExitCode.failed;
  }
  if (json === true) {
    await out(`${JSON.stringify({ boards, slideshows })}\n`);
    return ExitCode.done;
  }
  const lines = [...boards.map(boardLine), ...slideshows.map(showLine)].map(safeText);
  const counts = `${counted(boards.length, "board")}, ${counted(slideshows.length, "slideshow")}: nothing is wrong.`;
  await out(`${[...lines, counts].join("\n")}\n`);
  return ExitCode.done;
};

const boardColumns = [...["board", "title"].map(leftColumn), rightColumn("tiles"), leftColumn("from")];
const showColumns = ["slideshow", "title", "boards"].map(leftColumn);

/** `boards list`: what the page shows now. */
export const listBoards = async (context: CliContext, options: SharedOptions): Promise<number> => {
  const shelf = await readShelf(context, options);
  const boards = [...shelf.boards().values()];
  const shows = shelf.slideshows();
  const { out, note } = context.terminal;
  if (shelf.faults().size > 0) note("Something is wrong with other files: npx leadwire boards check says what.");
  if (options.json === true) {
    const listed = boards.map(({ board: { id, title, tiles }, builtIn }) => ({
      id,
      title,
      tiles: tiles.length,
      built_in: builtIn,
    }));
    await out(
      `${JSON.stringify({ boards: listed, slideshows: shows.map(({ id, title, slides }) => ({ id, title, boards: slides.map(({ board }) => board) })) })}\n`,
    );
    return ExitCode.done;
  }
  const boardRows = boards.map(({ board: { id, title, tiles }, builtIn }) => [
    id,
    title,
    wholeText(tiles.length),
    builtIn ? "comes with Leadwire" : `boards/${id}.yaml`,
  ]);
  const showRows = shows.map(({ id, title, slides }) => [id, title, slides.map(({ board }) => board).join(", ")]);
  const showTable = shows.length === 0 ? "" : `\n${tableText(showColumns, showRows)}`;
  await out(`${tableText(boardColumns, boardRows)}${showTable}`);
  return ExitCode.done;
};
