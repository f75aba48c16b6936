import { alertsTopic, derivedRegistry, eventTopics, factsTopic, metricsTopic, quarantineTopic } from "@leadwire/events";
import { ZoneCalendar } from "@leadwire/funnel";
import type { Catalogue } from "@leadwire/kpis";
import { type EmbeddedLog, type LogPosition, partitionName } from "@leadwire/log";
import { createProcessor, type Processor } from "@leadwire/processor";
import { createSink, type Sink } from "@leadwire/sink";
import type { Store } from "@leadwire/store";
import { LiveOpenSet, type LiveView, type Runner, requestRestate, taskTopics } from "@leadwire/stream";
import { AsideOutlet } from "./aside-outlet.ts";
import type { Serving } from "./generation-file.ts";
import { KpiAnswers } from "./kpi-answers.ts";
import { endsOf, settlePasses } from "./log-ends.ts";
import { openLiveView } from "./open-live-view.ts";
import { stateFolder } from "./state-folder.ts";

/** What all generations of one process share. */
export interface GenerationPlace {
  readonly dataDir: string;
  readonly log: EmbeddedLog;
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly partitions: number;
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly onTold?: (latencyMs: number) => void;
  readonly onStored?: (rows: number, insertMs: number) => void;
  /** A broken invariant: the process must not go on. */
  readonly onFailure: (cause: unknown) => void;
}

/** What follows the derived topics for whoever shows or watches the numbers. */
export interface LiveParts {
  readonly view: LiveView;
  readonly openSet: LiveOpenSet;
}

/** A generation that is built beside the one that serves, and leaves it time. */
export interface BesideOptions {
  /** It cannot go on, which harms nobody else. Not told once it has taken over. */
  readonly onFailure: (cause: unknown) => void;
}

const settlePollMs = 5;
/** Folding is synchronous: who serves waits so long at most for a chunk (about a millisecond for each 20 KB). */
const besideLimits = { chunkBytes: 32 * 1024 };

const recordsOf = (ends: ReadonlyArray<LogPosition>): number => ends.reduce((sum, { offset }) => sum + offset, 0);
const behind = (ends: ReadonlyArray<LogPosition>, reached: ReadonlyMap<string, number>): number =>
  ends.reduce((sum, end) => sum + Math.max(0, end.offset - (reached.get(partitionName(end)) ?? 0)), 0);

/** One generation folded and stored by this process, from its own state and into its own topics and tables. */
export class GenerationAtWork {
  readonly serving: Pick<Serving, "generation" | "workspace">;
  readonly calendar: ZoneCalendar;
  readonly answers: KpiAnswers;
  readonly runner: Runner;
  /** Once `live` has opened it. */
  openView: LiveView | undefined;
  private readonly place: GenerationPlace;
  private readonly outlet: AsideOutlet | undefined;
  private readonly processor: Processor;
  private carrier: Sink;
  private begun: Promise<void> | undefined;
  private liveParts: Promise<LiveParts> | undefined;
  private hasLeft = false;
  /** Its sink carries what all generations share, too. */
  private isCarryingAll: boolean;
  private onFailure: (cause: unknown) => void;

  constructor(place: GenerationPlace, serving: Pick<Serving, "generation" | "workspace">, beside?: BesideOptions) {
    const { dataDir, log, store, catalogue, partitions, nowMs, onTold } = place;
    const { generation, workspace } = serving;
    this.place = place;
    this.serving = serving;
    this.calendar = new ZoneCalendar(workspace.timeZone);
    this.answers = new KpiAnswers({ store, workspace, catalogue, calendar: this.calendar, nowMs });
    this.onFailure = beside?.onFailure ?? place.onFailure;
    this.outlet = beside === undefined ? undefined : new AsideOutlet(log, generation);
    this.isCarryingAll = beside === undefined;
    this.processor = createProcessor({
      stateFolder: stateFolder(dataDir, generation),
      log: this.outlet?.log ?? log,
      nowMs,
      onFailure: (cause) => this.onFailure(cause),
      workspace,
      measures: catalogue.measures,
      generation,
      partitions,
      followsRequests: true,
      ...(beside !== undefined ? { limits: besideLimits } : onTold === undefined ? {} : { onTold }),
    });
    this.runner = this.processor.runner;
    this.carrier = this.newSink();
  }

  get sink(): Sink {
    return this.carrier;
  }

  /** Begins to fold and to store; called again it changes nothing. */
  begin = (): Promise<void> => {
    this.begun ??= this.processor.start().then(() => this.carrier.start());
    return this.begun;
  };

  /** Resolves once everything appended so far is folded and stored. */
  settle = async (): Promise<void> => {
    const { generation } = this.serving;
    await this.begin();
    for (let pass = 0; pass < settlePasses; pass += 1) await this.folded(await this.ends(taskTopics(generation)));
    await this.carrier.stored(await this.ends(this.storedTopics()));
  };

  /** Resolves once the tasks have told all that follows from the records before these offsets, or have ended. */
  folded = async (ends: ReadonlyArray<LogPosition>): Promise<void> => {
    const offsets = new Map(ends.map((end) => [partitionName(end), end.offset]));
    while (!this.hasLeft && !this.runner.hasTold(offsets)) await this.place.sleep(settlePollMs);
  };

  /** The newest event applied; null before the first. */
  newestEventMs = (): number | null => {
    let newestMs = Number.NEGATIVE_INFINITY;
    for (const task of this.runner.tasks) if (!task.derived) newestMs = Math.max(newestMs, task.newestEventMs);
    return Number.isFinite(newestMs) ? newestMs : null;
  };

  /** Records appended, and of those how many are not folded, and not stored. */
  lag = async (): Promise<{ readonly events: number; readonly pending: number; readonly unstored: number }> => {
    const tasks = new Map(this.runner.tasks.map((task) => [partitionName(task), task.position]));
    const stored = new Map(this.carrier.reached().map((mark) => [partitionName(mark), mark.nextOffset]));
    const { generation } = this.serving;
    const events = await this.ends(eventTopics);
    const carried = this.isCarryingAll ? events : await this.ends([factsTopic(generation), metricsTopic(generation)]);
    return { events: recordsOf(events), pending: behind(events, tasks), unstored: behind(carried, stored) };
  };

  /** How much of the log is folded and, of what followed from that, stored: 0 to 1. */
  share = async (): Promise<number> => {
    const { events, pending, unstored } = await this.lag();
    const { generation } = this.serving;
    const told = recordsOf(await this.ends([factsTopic(generation), metricsTopic(generation)]));
    return events === 0 ? 1 : (1 - pending / events) * (told === 0 ? 1 : 1 - Math.min(1, unstored / told));
  };

  /** What follows this generation's slices and open leads: opened once. */
  live = (): Promise<LiveParts> => {
    this.liveParts ??= this.openLive();
    return this.liveParts;
  };

  /** Tells from here on what all generations share; resolves to where its tasks are, up to where another has to have told it. */
  openOutlet(): ReadonlyArray<LogPosition> {
    this.outlet?.open();
    return this.runner.tasks
      .filter(({ derived }) => !derived)
      .map(({ topic, partition, position: offset }) => ({ topic, partition, offset }));
  }

  /** Takes over from `former`, which stores what it has told, commits, and ends. Rejects where ClickHouse does not. */
  async takeOver(former: GenerationAtWork): Promise<void> {
    // 1. The former's state and tables agree with each other: it can go on from them later.
    await former.leave();
    // 2. A sink of its own for all topics, where the former one's marks stand.
    await this.carrier.stop();
    this.onFailure = this.place.onFailure;
    this.isCarryingAll = true;
    this.carrier = this.newSink();
    await this.carrier.start();
  }

  /** Ends folding and storing; what has been told is stored before. */
  async leave(): Promise<void> {
    if (this.hasLeft) return;
    this.hasLeft = true;
    await this.begun;
    await this.processor.stop();
    const { generation } = this.serving;
    if (this.begun !== undefined)
      await this.carrier.stored(await this.ends([factsTopic(generation), metricsTopic(generation)]));
    await this.carrier.stop();
  }

  /** Ends what shows its numbers. */
  async endLive(): Promise<void> {
    const live = await this.liveParts?.catch(() => undefined);
    await live?.view.stop();
  }

  /** Ends at once: what is not stored is stored later. */
  async close(): Promise<void> {
    await this.endLive();
    if (this.hasLeft) return;
    this.hasLeft = true;
    // Who writes stops before who is written to.
    await this.begun;
    await this.processor.stop();
    await this.carrier.stop();
  }

  private newSink(): Sink {
    const { log, store, nowMs, onStored } = this.place;
    const { generation } = this.serving;
    const carried = this.isCarryingAll
      ? { ...(onStored === undefined ? {} : { onStored }) }
      : { derivedOnly: true as const, group: `leadwire-sink.${generation}` };
    const sink = createSink({ log, store, generation, nowMs, ...carried });
    sink.finished.catch((cause) => this.onFailure(cause));
    return sink;
  }

  private openLive = async (): Promise<LiveParts> => {
    const { log } = this.place;
    const { runner, serving } = this;
    const { generation, workspace } = serving;
    const onExpired = async (partition: number): Promise<number> => {
      for (const task of runner.tasks) if (task.partition === partition) task.restateSlices();
      return 0;
    };
    const asker = { log, registry: derivedRegistry, generation, requestedBy: "up" };
    const onFactsExpired = (partition: number): Promise<number> => requestRestate(asker, partition, "facts");
    const openSet = new LiveOpenSet({ workspace });
    const view = await openLiveView({ ...this.place, serving, openSet, onExpired, onFactsExpired });
    this.openView = view;
    return { view, openSet };
  };

  private storedTopics(): ReadonlyArray<string> {
    const { generation } = this.serving;
    const own = [factsTopic(generation), metricsTopic(generation)];
    return this.isCarryingAll ? [...eventTopics, quarantineTopic, alertsTopic, ...own] : own;
  }

  private ends(topics: ReadonlyArray<string>): Promise<ReadonlyArray<LogPosition>> {
    return endsOf(this.place.log, topics, this.place.partitions);
  }
}
