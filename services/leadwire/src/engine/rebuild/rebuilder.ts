import { rm } from "node:fs/promises";
import { generationOf } from "@leadwire/funnel";
import { measureShapes } from "@leadwire/kpis";
import { createGeneration, faultText, StoreError, type StoreFault } from "@leadwire/store";
import { type Either, isLeft } from "fp-ts/lib/Either.js";
import { GenerationAtWork, type GenerationPlace } from "../generation-at-work.ts";
import {
  type GenerationFile,
  isOfThisVersion,
  type NamedGeneration,
  readGenerations,
  writeGenerations,
} from "../generation-file.ts";
import { begun, stopped, swapped } from "../generation-steps.ts";
import { localTopics } from "../generation-topics.ts";
import type { LocalEngine } from "../local-engine.ts";
import { outputsAreLost } from "../lost-outputs.ts";
import { generationStateFolder } from "../state-folder.ts";
import { compareGenerations } from "./compare-generations.ts";
import { dropGenerations } from "./drop-generations.ts";
import { finishSwap } from "./finish-swap.ts";
import { pointViews } from "./point-views.ts";
import {
  noFormer,
  type RebuildPhase,
  type RebuildRequest,
  type RebuildStatus,
  type Rebuilds,
} from "./rebuild-status.ts";

export interface RebuilderOptions extends GenerationPlace {
  readonly engine: Pick<LocalEngine, "moveTo" | "objectionTo" | "status" | "settle" | "isWatched" | "serving">;
  /** Resolves once what a former rebuild has left is tidied up. */
  readonly tidied: Promise<void>;
  readonly onNotice: (text: string) => void;
  /** Told at each step, before it: for tests that end the process there. */
  readonly onStep?: (step: string) => void;
}

/** A rebuild that cannot be done, in words for a person. */
class RebuildFault extends Error {
  readonly _tag = "RebuildFault";
}

const pollMs = 100;
/** Questions under way have so long to be answered before those behind them go first; longer each time. */
const patienceMs = 1_000;
const patienceMsMax = 5_000;
/** So few records behind is caught up: the rest is folded while questions wait. */
const caughtUpRecords = 2_000;

const answered = <T>(outcome: Either<StoreFault, T>): T => {
  if (isLeft(outcome)) throw new StoreError(outcome.left);
  return outcome.right;
};

const reasonOf = (cause: unknown): string =>
  cause instanceof StoreError ? faultText(cause.fault) : cause instanceof Error ? cause.message : String(cause);

/**
 * Builds a generation beside the one that serves: one at a time. What decides is `generation.json` alone, replaced at
 * each step as a whole, so that a kill leaves what served serving, and what was built to be gone on with.
 */
export class Rebuilder implements Rebuilds {
  private readonly options: RebuilderOptions;
  private phase: RebuildPhase = "idle";
  private request: RebuildRequest | undefined;
  private former: string | undefined;
  private named: NamedGeneration | undefined;
  private detail: string | undefined;
  private differences: RebuildStatus["differences"];
  private building: GenerationAtWork | undefined;
  private running: Promise<void> = Promise.resolve();
  private ending = new AbortController();
  private failing = Promise.withResolvers<never>();

  constructor(options: RebuilderOptions) {
    this.options = options;
  }

  status = async (): Promise<RebuildStatus> => {
    const { phase, request, named, former, detail, differences } = this;
    const { events } = await this.options.engine.status();
    // Where none is open one that is being built has not begun.
    const share = (await this.building?.share()) ?? (phase === "building" ? 0 : 1);
    return {
      phase,
      events,
      done: share,
      ...(request === undefined ? {} : { purpose: request.purpose }),
      ...(named === undefined ? {} : { generation: named.generation }),
      ...(former === undefined ? {} : { former }),
      ...(detail === undefined ? {} : { detail }),
      ...(differences === undefined ? {} : { differences }),
    };
  };

  start = async (request: RebuildRequest): Promise<RebuildStatus> => {
    if (this.isRunning) {
      const isSame = this.request?.purpose === request.purpose && this.request.hash === request.hash;
      if (isSame) return this.status();
      const detail = "A rebuild to another end is under way. Wait for it, or end it: npx leadwire rebuild --stop.";
      return { ...(await this.status()), phase: "failed", detail };
    }
    this.request = request;
    this.phase = "building";
    this.detail = undefined;
    this.differences = undefined;
    this.named = undefined;
    this.former = this.file().serving.generation;
    this.ending = new AbortController();
    this.failing = Promise.withResolvers<never>();
    this.failing.promise.catch(() => undefined);
    this.running = this.run(request).catch((cause: unknown) => this.failed(cause));
    return this.status();
  };

  stop = async (): Promise<RebuildStatus> => {
    const hadFailed = this.phase === "failed";
    await this.close();
    const file = this.file();
    if (file.building !== undefined) {
      writeGenerations(this.options.dataDir, stopped(file));
      await dropGenerations(this.options);
      this.phase = "stopped";
    } else if (hadFailed) this.phase = "idle";
    return this.status();
  };

  close = async (): Promise<void> => {
    // A swap that was begun is finished.
    if (this.phase !== "swapping") this.ending.abort();
    await this.running;
  };

  private get isRunning(): boolean {
    return this.phase === "building" || this.phase === "comparing" || this.phase === "swapping";
  }

  private async failed(cause: unknown): Promise<void> {
    const { building } = this;
    this.building = undefined;
    // One that serves already is not closed here: its process ends.
    if (building !== this.options.engine.serving()) await building?.close().catch(() => undefined);
    if (this.ending.signal.aborted) {
      this.phase = "stopped";
      return;
    }
    this.phase = "failed";
    this.detail = reasonOf(cause);
    this.options.onNotice(`The rebuild failed, and what served goes on: ${this.detail}`);
  }

  private async run(request: RebuildRequest): Promise<void> {
    await this.options.tidied;
    const named = this.choose(request);
    this.named = named;
    const objection = await this.options.engine.objectionTo(named.workspace);
    if (objection !== undefined) throw new RebuildFault(objection);
    const next = await this.open(named);
    this.building = next;
    await this.caughtUp(next);
    if (request.purpose === "compare") {
      this.phase = "comparing";
      this.differences = await this.compare(named);
      this.building = undefined;
      await next.leave();
    } else {
      await this.swap(named, next);
      this.building = undefined;
      await this.finish(named);
    }
    this.phase = "done";
  }

  private file(): GenerationFile {
    const file = readGenerations(this.options.dataDir);
    if (file === undefined) throw new Error(`${this.options.dataDir} serves no generation`);
    return file;
  }

  /** Names the generation to build, and notes it before anything of it is made. */
  private choose({ purpose, workspace, hash }: RebuildRequest): NamedGeneration {
    const { dataDir, catalogue } = this.options;
    const measures = measureShapes(catalogue);
    const file = this.file();
    if (purpose === "back") {
      if (file.former === undefined) throw new RebuildFault(noFormer);
      if (!isOfThisVersion(file.former, measures))
        throw new RebuildFault(
          `The former generation ${file.former.generation} was folded by another version of Leadwire. Run rebuild --back with that one.`,
        );
      return file.former;
    }
    if (hash !== undefined && generationOf(workspace, measures) !== hash)
      throw new RebuildFault(
        "The process that serves is another version of Leadwire than this command. End it, then run rebuild again.",
      );
    const next = begun(file, workspace, measures);
    this.step("begin");
    writeGenerations(dataDir, next);
    return next.building;
  }

  /** Its tables, topics and state, made or found; it begins to fold. */
  private async open(named: NamedGeneration): Promise<GenerationAtWork> {
    const { dataDir, log, store, partitions } = this.options;
    const { generation } = named;
    // Names given free are free only when nothing of theirs is left.
    await dropGenerations(this.options);
    this.step("tables");
    answered(await createGeneration(store, generation)());
    await log.ensureTopics(localTopics(generation, partitions));
    // Its tables were lost, and the topics have forgotten what filled them: it is folded from the log's beginning.
    if (answered(await outputsAreLost(log, store, generation, partitions)))
      await rm(generationStateFolder(dataDir, generation), { recursive: true, force: true });
    this.step("fold");
    const next = new GenerationAtWork(this.options, named, { onFailure: this.failing.reject });
    this.building = next;
    await this.orEnd(next.begin());
    return next;
  }

  /** Rejects where the work ends before: stopped, or failed elsewhere. */
  private async orEnd<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.ending;
    const ended = Promise.withResolvers<never>();
    const end = (): void => ended.reject(new RebuildFault("stopped"));
    if (signal.aborted) end();
    signal.addEventListener("abort", end, { once: true });
    try {
      return await Promise.race([work, ended.promise, this.failing.promise]);
    } finally {
      signal.removeEventListener("abort", end);
      work.catch(() => undefined);
    }
  }

  private async caughtUp(next: GenerationAtWork): Promise<void> {
    for (;;) {
      const { pending, unstored } = await next.lag();
      if (pending + unstored <= caughtUpRecords) break;
      await this.orEnd(this.options.sleep(pollMs));
    }
    await this.orEnd(next.settle());
  }

  private async compare(named: NamedGeneration): Promise<RebuildStatus["differences"]> {
    const { engine, store, catalogue, nowMs } = this.options;
    await this.orEnd(engine.settle());
    const serving = engine.serving();
    const compared = compareGenerations({
      ...{ store, catalogue, nowMs },
      before: serving.serving,
      after: named,
      newestMs: serving.newestEventMs(),
      signal: this.ending.signal,
    });
    return this.orEnd(compared);
  }

  private async swap(named: NamedGeneration, next: GenerationAtWork): Promise<void> {
    const { engine, sleep } = this.options;
    const former = engine.serving();
    if (engine.isWatched) await this.orEnd(next.live());
    this.phase = "swapping";
    // 1. From here on both tell what all share, and the former has told it up to where the new one begins to.
    const from = next.openOutlet();
    await former.folded(from);
    for (let waitMs = patienceMs; ; waitMs = Math.min(2 * waitMs, patienceMsMax)) {
      await next.settle();
      if (await engine.moveTo(next, sleep(waitMs), () => this.point(former, named, next))) return;
    }
  }

  /** While no question is asked: the views, then the file that decides. */
  private async point(former: GenerationAtWork, named: NamedGeneration, next: GenerationAtWork): Promise<void> {
    const { dataDir, store, catalogue } = this.options;
    await next.settle();
    // 2. Views: a kill from here to 3 leaves some at the new generation; the next start points all at the former.
    this.step("views");
    try {
      await pointViews(store, catalogue, named, former.serving);
    } catch (cause) {
      await pointViews(store, catalogue, former.serving);
      throw cause;
    }
    // 3. The one write that decides. Killed before it, the former serves; after it, the new one does.
    this.step("decide");
    writeGenerations(dataDir, swapped(this.file(), named));
    this.step("move");
  }

  /** What is left to do once the new generation serves; each start does the same. */
  private async finish(named: NamedGeneration): Promise<void> {
    this.step("aside");
    await finishSwap(this.options);
    this.step("drop");
    await dropGenerations(this.options);
    this.options.onNotice(`Generation ${named.generation} serves now.`);
  }

  private step(name: string): void {
    this.options.onStep?.(name);
  }
}
