import { generationOf } from "@leadwire/funnel";
import type { GenerationAtWork, GenerationPlace } from "../generation-at-work.ts";
import { type NamedGeneration, readGenerations, writeGenerations } from "../generation-file.ts";
import { swapped } from "../generation-steps.ts";
import { pointViews } from "./point-views.ts";
import type { RebuildRequest, RebuildStatus, Rebuilds } from "./rebuild-status.ts";

export interface AdoptionOptions extends Pick<GenerationPlace, "dataDir" | "store" | "catalogue"> {
  /** Not served yet. */
  readonly next: GenerationAtWork;
  readonly named: NamedGeneration;
}

/**
 * The rebuild of a data directory that another version of Leadwire folded, which this one cannot go on with: the tables of
 * that version answer until the new generation is whole, and stay as they are.
 */
export class Adoption implements Rebuilds {
  private readonly options: AdoptionOptions;
  private readonly former: string | undefined;
  private phase: RebuildStatus["phase"] = "idle";
  private detail: string | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(options: AdoptionOptions) {
    this.options = options;
    this.former = readGenerations(options.dataDir)?.serving.generation;
  }

  status = async (): Promise<RebuildStatus> => {
    const { next, named } = this.options;
    const { events } = await next.lag();
    return {
      phase: this.phase,
      purpose: "swap",
      generation: named.generation,
      events,
      done: await next.share(),
      ...(this.former === undefined ? {} : { former: this.former }),
      ...(this.detail === undefined ? {} : { detail: this.detail }),
    };
  };

  start = async ({ purpose, workspace }: RebuildRequest): Promise<RebuildStatus> => {
    if (this.phase === "idle") {
      const { named } = this.options;
      const isSame = generationOf(workspace, named.measures) === generationOf(named.workspace, named.measures);
      this.phase = "building";
      this.running = (purpose === "swap" && isSame ? this.run() : this.refuse()).catch((cause: unknown) => {
        this.phase = "failed";
        this.detail = cause instanceof Error ? cause.message : String(cause);
      });
    }
    return this.status();
  };

  stop = async (): Promise<RebuildStatus> => ({
    ...(await this.status()),
    phase: "failed",
    detail: "What another version folded is being replaced by the command that began it: end that with Ctrl-C.",
  });

  close = (): Promise<void> => this.running;

  private async refuse(): Promise<void> {
    throw new Error(
      "The data were folded by another version of Leadwire, which alone can compare or go back. Run npx leadwire rebuild first.",
    );
  }

  private async run(): Promise<void> {
    const { dataDir, store, catalogue, next, named } = this.options;
    await next.settle();
    this.phase = "swapping";
    await pointViews(store, catalogue, named);
    const file = readGenerations(dataDir);
    if (file === undefined) throw new Error(`${dataDir} serves no generation`);
    // What it put aside it has told as it went.
    const { untoldAside: _, ...told } = swapped(file, named);
    writeGenerations(dataDir, told);
    this.phase = "done";
  }
}
