import type { CommittedState, StateReader, TaskStore } from "@leadwire/stream";
import type { Machine, Scheduler } from "./scheduler.ts";

interface Committed {
  readonly head: string;
  /** By table and page, the place on the disk. */
  readonly pages: ReadonlyMap<string, number>;
}

const pageName = (table: number, page: number): string => `${table}/${page}`;

const positionIn = (head: string): number => (JSON.parse(head) as { extra: { position: number } }).extra.position;

/**
 * The disk of one machine, which outlives its processes. A commit writes pages to new places, syncs, and only then
 * points to them, as LMDB does: a crash leaves any part of what was not synced, and nobody points there.
 */
export class SimDisk {
  private readonly places: Array<Buffer | undefined> = [];
  private root: ReadonlyMap<string, Committed> = new Map();

  /** The store as one process sees it. */
  open(scheduler: Scheduler, machine: Machine): TaskStore {
    return {
      load: (task) => this.load(task),
      readerOf: (task) => this.readerOf(() => this.root.get(task)),
      heads: () => new Map([...this.root].map(([task, { head }]) => [task, head])),
      forget: async (task) => {
        await scheduler.turn(machine);
        const next = new Map(this.root);
        next.delete(task);
        this.root = next;
        await scheduler.turn(machine);
      },
      commit: async (captures) => {
        const unsynced = new Map<number, Buffer>();
        const changed = [...captures].map(([task, { head, pages }]) => ({
          task,
          head,
          pages: pages.map(({ table, page, bytes }): [string, number] => {
            const place = this.places.push(undefined) - 1;
            unsynced.set(place, bytes);
            return [pageName(table, page), place];
          }),
        }));
        await scheduler.turn(machine);
        for (const [place, bytes] of unsynced) {
          this.places[place] = bytes;
          machine.reach("writing");
          if (machine.isDead) break;
        }
        machine.reach("written");
        await scheduler.turn(machine);
        const next = new Map(this.root);
        for (const { task, head, pages } of changed) {
          next.set(task, { head, pages: new Map([...(next.get(task)?.pages ?? []), ...pages]) });
        }
        this.root = next;
        machine.reach("committed");
        await scheduler.turn(machine);
      },
      close: async () => undefined,
    };
  }

  /** What was committed last, copied: a snapshot that may be put elsewhere. */
  snapshot(): SimDisk {
    const copy = new SimDisk();
    copy.places.push(...this.places);
    copy.root = this.root;
    return copy;
  }

  /** Takes over those tasks of a snapshot that are ahead of what is here. */
  adopt(snapshot: SimDisk): void {
    for (const [task, { head }] of snapshot.root) {
      const held = this.root.get(task);
      if (held === undefined || positionIn(held.head) < positionIn(head)) this.bring(task, snapshot);
    }
  }

  /** Puts one task of a snapshot in place of what is here. */
  bring(task: string, snapshot: SimDisk): void {
    const committed = snapshot.root.get(task);
    if (committed === undefined) return;
    const moved = new Map<string, number>();
    for (const [name, place] of committed.pages) moved.set(name, this.places.push(snapshot.places[place]) - 1);
    this.root = new Map([...this.root, [task, { head: committed.head, pages: moved }]]);
  }

  headOf(task: string): string | undefined {
    return this.root.get(task)?.head;
  }

  wipe(): void {
    this.root = new Map();
  }

  private load(task: string): CommittedState | undefined {
    const held = this.root.get(task);
    return held === undefined ? undefined : { head: held.head, reader: this.readerOf(() => held) };
  }

  private readerOf(current: () => Committed | undefined): StateReader {
    const bytesAt = (place: number): Buffer => {
      const bytes = this.places[place];
      if (bytes === undefined) throw new Error("a page that was never written is pointed to");
      return bytes;
    };
    return {
      *pages(table) {
        for (const [name, place] of current()?.pages ?? []) {
          const [of, page] = name.split("/");
          if (Number(of) === table) yield { page: Number(page), bytes: bytesAt(place) };
        }
      },
      page(table, page) {
        const place = current()?.pages.get(pageName(table, page));
        if (place === undefined) throw new Error(`page ${page} of table ${table} is missing`);
        return bytesAt(place);
      },
    };
  }
}
