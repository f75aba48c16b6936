import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type WorkspaceFault, workspaceFaultText } from "@leadwire/funnel";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { BoardDefinition, Slideshow } from "../board/board-definition.ts";
import { writeWhole } from "../whole-file.ts";
import type { BoardContext } from "./board-context.ts";
import { parseBoard } from "./board-lines.ts";
import { boardText } from "./board-yaml.ts";
import { parseSlideshows } from "./slideshow-lines.ts";

/** A board that can be shown. */
export interface ShelvedBoard {
  readonly board: BoardDefinition;
  /** Of the file's bytes, quoted as HTTP writes it: what an editor names when saving. */
  readonly etag: string;
  /** Nobody has saved it yet: it comes with the product. */
  readonly builtIn: boolean;
}

/** Why a board was not saved. */
export type SaveFault =
  | { readonly _tag: "Changed"; readonly etag: string | null }
  | { readonly _tag: "BadName" }
  | { readonly _tag: "Refused"; readonly faults: ReadonlyArray<WorkspaceFault> };

export interface ShelfOptions {
  /** `boards/` beside the config; it need not be there. */
  readonly folder: string;
  readonly context: BoardContext;
  /** What is wrong with a file, in sentences; told once for each state of the file. */
  readonly onNotice: (text: string) => void;
}

interface Read {
  readonly text: string;
  readonly builtIn: boolean;
}

const builtInFolder = fileURLToPath(new URL("../../boards/", import.meta.url));
const slideshowsFile = "slideshows.yaml";

/** A board's name is a file's name: nothing that leaves the folder, and nothing that a file system reads otherwise. */
const isName = (id: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,59}$/u.test(id) && id !== "slideshows";

const etagOf = (text: string): string => `"${createHash("sha256").update(text).digest("hex").slice(0, 16)}"`;

const codeOf = (fault: unknown): string | undefined =>
  fault instanceof Error && "code" in fault && typeof fault.code === "string" ? fault.code : undefined;

const isMissing = (fault: unknown): boolean => codeOf(fault) === "ENOENT";

/** The files of a folder that may be boards. Hidden ones are an editor's: its locks lead to no file at all. */
const yamlFiles = async (folder: string): Promise<ReadonlyArray<string>> => {
  try {
    return (await readdir(folder)).filter((name) => /^[^.].*\.ya?ml$/u.test(name)).sort();
  } catch (fault) {
    if (isMissing(fault)) return [];
    throw fault;
  }
};

/** What changes when a file does: null for what is no file and is never read, such as a folder or a pipe. */
const markOf = async (path: string): Promise<string | null> => {
  try {
    const found = await stat(path);
    return found.isFile() ? `${found.mtimeMs} ${found.size} ${found.ino}` : null;
  } catch (fault) {
    // Taken away between the two looks, or not to be read: no reason to keep the other files back.
    const code = codeOf(fault);
    if (code === undefined) throw fault;
    return code;
  }
};

/**
 * The boards of a folder, and those that come with the product where the folder has none of its own. A file that cannot
 * be read keeps the board that it held before; what is wrong with it is told.
 */
export class BoardShelf {
  readonly #options: ShelfOptions;
  #boards = new Map<string, ShelvedBoard>();
  #shows: ReadonlyArray<Slideshow> = [];
  #faults: ReadonlyMap<string, string> = new Map();
  #stamp = "";
  #saving: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /** By their ids, in the order of the files. */
  boards(): ReadonlyMap<string, ShelvedBoard> {
    return this.#boards;
  }

  slideshows(): ReadonlyArray<Slideshow> {
    return this.#shows;
  }

  /** What is wrong, by file. */
  faults(): ReadonlyMap<string, string> {
    return this.#faults;
  }

  /** Calls the listener whenever a board, a slideshow or a fault has changed. Returns what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Looks whether files have changed since the last call, and reads them again where they have. */
  refresh(): Promise<void> {
    return this.#oneByOne(() => this.#look());
  }

  async #look(): Promise<void> {
    const marks = await this.#marks();
    const stamp = JSON.stringify([...marks]);
    if (stamp === this.#stamp) return;
    await this.#load([...marks.keys()]);
    this.#stamp = stamp;
  }

  /**
   * Writes a board over the file that had this etag (null: there is none yet). A built-in board is written into the
   * folder, which takes its place.
   */
  save(board: BoardDefinition, etag: string | null): Promise<Either<SaveFault, ShelvedBoard>> {
    return this.#oneByOne(async () => {
      if (!isName(board.id)) return left({ _tag: "BadName" });
      const { folder, context } = this.#options;
      const former = await this.#read(board.id);
      const held = former === undefined ? null : etagOf(former.text);
      if (held !== etag) return left({ _tag: "Changed", etag: held });
      const text = boardText(board, context, former?.text);
      // What is written is what a reader would make of it: a board that no file can say is refused here.
      const read = parseBoard(board.id, text, context);
      if (isLeft(read)) return left({ _tag: "Refused", faults: read.left });
      await mkdir(folder, { recursive: true });
      await writeWhole(join(folder, `${board.id}.yaml`), text);
      await this.#look();
      return right({ board: read.right, etag: etagOf(text), builtIn: false });
    });
  }

  /** Takes a board's file away; a built-in one stands as it came afterwards. */
  remove(id: string, etag: string): Promise<Either<SaveFault, void>> {
    return this.#oneByOne(async () => {
      if (!isName(id)) return left({ _tag: "BadName" });
      const former = await this.#read(id);
      const held = former === undefined ? null : etagOf(former.text);
      if (held !== etag || former?.builtIn === true) return left({ _tag: "Changed", etag: held });
      await rm(join(this.#options.folder, `${id}.yaml`), { force: true });
      await this.#look();
      return right(undefined);
    });
  }

  #oneByOne<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#saving.then(task);
    this.#saving = done.catch(() => undefined);
    return done;
  }

  async #marks(): Promise<ReadonlyMap<string, string>> {
    const { folder } = this.#options;
    const marks = new Map<string, string>();
    for (const name of await yamlFiles(folder)) {
      const mark = await markOf(join(folder, name));
      if (mark !== null) marks.set(name, mark);
    }
    return marks;
  }

  async #read(id: string): Promise<Read | undefined> {
    for (const [folder, builtIn] of [
      [this.#options.folder, false],
      [builtInFolder, true],
    ] as const) {
      try {
        const path = join(folder, `${id}.yaml`);
        // A pipe would never end.
        if ((await stat(path)).isFile()) return { text: await readFile(path, "utf8"), builtIn };
      } catch (fault) {
        if (!isMissing(fault)) throw fault;
      }
    }
    return undefined;
  }

  /** The board of a file; text where it holds none. Undefined where the file was taken away meanwhile. */
  async #boardIn(name: string): Promise<Either<string, ShelvedBoard> | undefined> {
    const id = name.replace(/\.ya?ml$/u, "");
    if (!isName(id) || name !== `${id}.yaml`)
      return left(`${name}: a board's file is named by up to 60 letters, digits, - and _, then .yaml. Rename it.`);
    try {
      const found = await this.#read(id);
      if (found === undefined) return undefined;
      const read = parseBoard(id, found.text, this.#options.context);
      if (isLeft(read)) return left(read.left.map((fault) => workspaceFaultText(fault, name)).join("\n"));
      return right({ board: read.right, etag: etagOf(found.text), builtIn: found.builtIn });
    } catch (fault) {
      const code = codeOf(fault);
      if (code === undefined) throw fault;
      return left(`${name}: cannot be read (${code}).`);
    }
  }

  async #load(own: ReadonlyArray<string>): Promise<void> {
    const names = new Set([...(await yamlFiles(builtInFolder)), ...own].filter((name) => name !== slideshowsFile));
    const boards = new Map<string, ShelvedBoard>();
    const faults = new Map<string, string>();
    for (const name of names) {
      const found = await this.#boardIn(name);
      if (found === undefined) continue;
      const id = name.replace(/\.yaml$/u, "");
      const shown = isLeft(found) ? this.#boards.get(id) : found.right;
      if (isLeft(found)) faults.set(name, found.left);
      if (shown !== undefined) boards.set(id, shown);
    }
    const shows = await this.#read("slideshows");
    const read = parseSlideshows(shows?.text ?? "", new Set(boards.keys()));
    if (!isLeft(read)) this.#shows = read.right;
    else faults.set(slideshowsFile, read.left.map((fault) => workspaceFaultText(fault, slideshowsFile)).join("\n"));
    for (const [name, text] of faults)
      if (this.#faults.get(name) !== text) this.#options.onNotice(`The board as it was before is shown:\n${text}`);
    [this.#boards, this.#faults] = [boards, faults];
    for (const listener of this.#listeners) listener();
  }
}
