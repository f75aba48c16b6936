import { isUnreachable } from "../cluster/open-kafka.ts";
import { comesBack } from "../cluster/server-store.ts";
import { tellAside } from "../engine/tell-aside.ts";
import type { StoreScope } from "./service-part.ts";

const everyMs = 5_000;

/**
 * Tells everybody what the processors put aside while their generation was built, once it serves: now, and what a
 * processor that hears of it late puts aside until then. Several sinks may: the same record twice is one.
 */
export class AsideTeller {
  private readonly scope: StoreScope;
  private timer: NodeJS.Timeout | undefined;
  private telling: Promise<void> = Promise.resolve();
  private isStopped = false;
  private toldEnd = -1;

  constructor(scope: StoreScope) {
    this.scope = scope;
  }

  start(): void {
    this.telling = this.look();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.telling;
  }

  private async look(): Promise<void> {
    const { log, store, generation, partitions, onNotice, onFailure } = this.scope;
    try {
      this.toldEnd = await tellAside({ log, store, generation, partitions, toldEnd: this.toldEnd });
    } catch (fault) {
      // Told at the next look.
      if (!comesBack(fault) && !isUnreachable(fault)) return void (this.isStopped || onFailure(fault));
      onNotice(`What was put aside while generation ${generation} was built is told later: ${String(fault)}`);
    }
    if (!this.isStopped)
      this.timer = setTimeout(() => {
        this.telling = this.look();
      }, everyMs);
  }
}
