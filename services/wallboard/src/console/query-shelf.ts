import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { writeWhole } from "../whole-file.ts";
import { parseQuery, queryText } from "./query-file.ts";
import type { SavedQuery } from "./saved-query.ts";

export interface ShelvedQuery {
  readonly query: SavedQuery;
  /** Of the file's bytes, quoted as HTTP writes it. */
  readonly etag: string;
}

/** Why a query was not saved. */
export type QueryFault = { readonly _tag: "Changed"; readonly etag: string | null } | { readonly _tag: "BadName" };

/** What a person writes is a hundredth of it. */
export const queryBytesMax = 262_144;

/** A query's name is a file's name: nothing that leaves the folder, and nothing that a file system reads otherwise. */
const isName = (name: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,59}$/u.test(name);

const etagOf = (text: string): string => `"${createHash("sha256").update(text).digest("hex").slice(0, 16)}"`;

const isMissing = (fault: unknown): boolean =>
  fault instanceof Error && "code" in fault && (fault.code === "ENOENT" || fault.code === "ENOTDIR");

/** The saved queries of a folder, read when they are asked for: a file that is put there is a query at once. */
export class QueryShelf {
  readonly #folder: string;
  #saving: Promise<unknown> = Promise.resolve();

  /** `folder`: `queries/` beside the config; it need not be there. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** By name. */
  async all(): Promise<ReadonlyArray<SavedQuery>> {
    const found = await Promise.all((await this.#names()).map((name) => this.read(name)));
    return found.flatMap((shelved) => (shelved === undefined ? [] : [shelved.query]));
  }

  /** Undefined where there is none of this name, or what is there is no file that can be shown. */
  async read(name: string): Promise<ShelvedQuery | undefined> {
    const text = isName(name) ? await this.#text(name) : undefined;
    return text === undefined ? undefined : { query: parseQuery(name, text), etag: etagOf(text) };
  }

  /** Writes a query over the file that had this etag (null: there is none yet). */
  save(query: SavedQuery, etag: string | null): Promise<Either<QueryFault, ShelvedQuery>> {
    return this.#oneByOne(async () => {
      if (!isName(query.name)) return left({ _tag: "BadName" });
      const held = (await this.read(query.name))?.etag ?? null;
      if (held !== etag) return left({ _tag: "Changed", etag: held });
      const text = queryText(query);
      await mkdir(this.#folder, { recursive: true });
      await writeWhole(this.#path(query.name), text);
      return right({ query: parseQuery(query.name, text), etag: etagOf(text) });
    });
  }

  remove(name: string, etag: string): Promise<Either<QueryFault, void>> {
    return this.#oneByOne(async () => {
      const held = (await this.read(name))?.etag ?? null;
      if (held !== etag) return left({ _tag: "Changed", etag: held });
      await rm(this.#path(name), { force: true });
      return right(undefined);
    });
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.sql`);
  }

  #oneByOne<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#saving.then(task);
    this.#saving = done.catch(() => undefined);
    return done;
  }

  async #names(): Promise<ReadonlyArray<string>> {
    try {
      const files = (await readdir(this.#folder)).filter((file) => file.endsWith(".sql"));
      return files
        .map((file) => file.slice(0, -".sql".length))
        .filter(isName)
        .sort();
    } catch (fault) {
      if (isMissing(fault)) return [];
      throw fault;
    }
  }

  async #text(name: string): Promise<string | undefined> {
    try {
      const path = this.#path(name);
      const found = await stat(path);
      // A pipe would never end, and nobody wrote a statement of this size.
      return found.isFile() && found.size <= queryBytesMax ? await readFile(path, "utf8") : undefined;
    } catch (fault) {
      if (isMissing(fault)) return undefined;
      throw fault;
    }
  }
}
