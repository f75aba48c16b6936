import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type StateHead, stateHead } from "../core/partition-task.ts";
import { stateLayout } from "../core/state/task-state.ts";
import {
  DamagedSnapshot,
  readSnapshotHeader,
  readSnapshotPages,
  type SnapshotHeader,
  writeSnapshot,
} from "./snapshot-file.ts";
import type { StateStore } from "./state-store.ts";
import { partitionOfTask } from "./task-name.ts";
import type { TaskSnapshots } from "./task-snapshots.ts";

const kept = 2;
const suffix = ".snapshot";
/** What a writer that died has left is removed after this long. */
const abandonedMs = 3_600_000;

export interface StateSnapshotsOptions {
  /** Shared by all processors of the cluster. */
  readonly folder: string;
  readonly generation: string;
  readonly store: StateStore;
  /** Tells this process's files from those that others write at the same time. */
  readonly writer: string;
  readonly nowMs: () => number;
  /** What a person should know: a damaged snapshot, a folder that does not answer. */
  readonly onNotice: (text: string) => void;
}

interface Snapshot {
  readonly path: string;
  readonly head: StateHead;
  readonly text: string;
  readonly takenMs: number;
}

/**
 * Snapshots of tasks' committed state in a shared folder: `<generation>/layout-<n>/<topic>-<partition>/
 * <position>.snapshot`. A snapshot appears whole under its name or not at all, and any number of processes may write: a
 * state at a position is the same whoever wrote it. Never needed, only faster than folding from the log's start.
 */
export class StateSnapshots implements TaskSnapshots {
  private readonly options: StateSnapshotsOptions;
  private readonly root: string;

  constructor(options: StateSnapshotsOptions) {
    this.options = options;
    this.root = join(options.folder, options.generation, `layout-${stateLayout}`);
  }

  readonly bring = async (
    task: string,
    wants: (head: StateHead) => boolean,
    signal?: AbortSignal,
  ): Promise<boolean> => {
    for (const { path, head, text } of await this.list(task)) {
      if (!wants(head)) continue;
      try {
        await this.options.store.replace(task, text, readSnapshotPages(path, signal));
        return true;
      } catch (cause) {
        if (signal?.aborted === true) return false;
        if (!(cause instanceof DamagedSnapshot)) throw cause;
        this.skip(path, cause);
      }
    }
    return false;
  };

  /** When the newest one of a task that is current was taken; undefined where there is none. */
  async takenMs(task: string, isCurrent: (head: StateHead) => boolean): Promise<number | undefined> {
    return (await this.list(task)).find(({ head }) => isCurrent(head))?.takenMs;
  }

  /**
   * Takes one of what is committed, in one read transaction while folding goes on; then removes all but the newest two
   * that are current. False where the newest one stands for the same position, or where nothing is committed.
   */
  async take(task: string, isCurrent: (head: StateHead) => boolean, signal?: AbortSignal): Promise<boolean> {
    const frozen = this.options.store.freeze(task);
    if (frozen === undefined) return false;
    try {
      const { position } = stateHead(frozen.head);
      if (position === 0) return false;
      const newest = (await this.list(task)).find(({ head }) => isCurrent(head));
      if (newest !== undefined && newest.head.position >= position) return false;
      const folder = this.folderOf(task);
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${position}${suffix}`);
      const draft = `${path}.${this.options.writer}.tmp`;
      const { generation } = this.options;
      try {
        await writeSnapshot(
          draft,
          { task, generation, layout: stateLayout, head: frozen.head },
          frozen.pages(),
          signal,
        );
        await rename(draft, path);
      } catch (cause) {
        await rm(draft, { force: true });
        throw cause;
      }
      await syncFolder(folder);
      await this.prune(task, isCurrent);
      return true;
    } finally {
      frozen.release();
    }
  }

  /** Those of a task that can be read, the furthest first. */
  private async list(task: string): Promise<ReadonlyArray<Snapshot>> {
    const folder = this.folderOf(task);
    const found: Array<Snapshot> = [];
    for (const name of await namesIn(folder, this.options.onNotice)) {
      if (!name.endsWith(suffix)) continue;
      const path = join(folder, name);
      try {
        const header = await readSnapshotHeader(path);
        const holds = contentText(header);
        const expected = contentText({ task, generation: this.options.generation, layout: stateLayout });
        if (holds !== expected) throw new DamagedSnapshot(`it holds ${holds}, expected ${expected}`);
        const { mtimeMs } = await stat(path);
        found.push({ path, head: stateHead(header.head), text: header.head, takenMs: mtimeMs });
      } catch (cause) {
        if (!isGone(cause)) this.skip(path, cause);
      }
    }
    return found.sort((a, b) => b.head.position - a.head.position);
  }

  private async prune(task: string, isCurrent: (head: StateHead) => boolean): Promise<void> {
    const folder = this.folderOf(task);
    const newest = (await this.list(task)).filter(({ head }) => isCurrent(head)).slice(0, kept);
    const keeps = new Set(newest.map(({ path }) => path));
    for (const name of await namesIn(folder, this.options.onNotice)) {
      const path = join(folder, name);
      if (keeps.has(path)) continue;
      // Another process may be writing it, or has removed it.
      if (!name.endsWith(suffix) && !(await this.isAbandoned(path))) continue;
      await rm(path, { force: true });
    }
  }

  private async isAbandoned(path: string): Promise<boolean> {
    try {
      return this.options.nowMs() - (await stat(path)).mtimeMs > abandonedMs;
    } catch {
      return false;
    }
  }

  private folderOf(task: string): string {
    const { topic, partition } = partitionOfTask(task);
    return join(this.root, `${topic}-${partition}`);
  }

  private skip(path: string, cause: unknown): void {
    const why = cause instanceof Error ? cause.message : String(cause);
    this.options.onNotice(`The snapshot ${path} is passed over: ${why}. Nothing is lost: it can be removed.`);
  }
}

const contentText = ({ task, generation, layout }: Omit<SnapshotHeader, "head">): string =>
  `${task} of generation ${generation} in layout ${layout}`;

const codeOf = (cause: unknown): unknown => (cause instanceof Error && "code" in cause ? cause.code : undefined);

/** Removed by another process since the folder was listed. */
const isGone = (cause: unknown): boolean =>
  codeOf(cause) === "ENOENT" || (cause instanceof DamagedSnapshot && codeOf(cause.cause) === "ENOENT");

const namesIn = async (folder: string, onNotice: (text: string) => void): Promise<ReadonlyArray<string>> => {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (codeOf(cause) !== "ENOENT") onNotice(`The folder of snapshots ${folder} does not answer: ${String(cause)}`);
    return [];
  }
};

/** A name in a folder is only durable once the folder is synced. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
