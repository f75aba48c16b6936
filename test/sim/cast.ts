import type { Processor } from "./processor.ts";
import type { Reader } from "./readers.ts";
import type { SinkMachine } from "./sink-machine.ts";
import type { Workload } from "./workload.ts";
import type { World } from "./world.ts";

/** Everyone who takes part in a simulation. */
export interface Cast {
  readonly world: World;
  readonly processors: ReadonlyArray<Processor>;
  readonly sinks: ReadonlyArray<SinkMachine>;
  /** Followed from the start. */
  readonly early: Reader;
  /** Joined midway, and began from what was stored. */
  readonly late: Reader;
  readonly workload: Workload;
}
