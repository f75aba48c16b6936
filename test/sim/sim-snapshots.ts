import { stateHead, type TaskSnapshots } from "@leadwire/stream";
import type { Machine, Scheduler } from "./scheduler.ts";
import type { SimDisk } from "./sim-disk.ts";

/** The shared folder: snapshots of committed state that outlive every machine. */
export class SimSnapshots {
  private readonly taken: Array<SimDisk> = [];
  private readonly scheduler: Scheduler;

  constructor(scheduler: Scheduler) {
    this.scheduler = scheduler;
  }

  take(disk: SimDisk): void {
    this.taken.push(disk.snapshot());
  }

  /** One of those taken, by chance. */
  any(): SimDisk | undefined {
    return this.taken.length === 0 ? undefined : this.scheduler.random.pick(this.taken);
  }

  /** The folder as the process of one machine sees it. */
  for(disk: SimDisk, machine: Machine): TaskSnapshots {
    return {
      bring: async (task, wants, signal) => {
        await this.scheduler.turn(machine);
        const wanted = this.taken.findLast((snapshot) => {
          const head = snapshot.headOf(task);
          return head !== undefined && wants(stateHead(head));
        });
        if (wanted === undefined) return false;
        await this.scheduler.turn(machine);
        if (signal?.aborted === true) return false;
        disk.bring(task, wanted);
        return true;
      },
    };
  }
}
