import { derivedRegistry, eventTopics, quarantineTopic } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { isoText, type KpiAnswer, type UsageFault } from "@leadwire/kpis";
import { type EventLog, type LogPosition, type LogRecord, partitionName } from "@leadwire/log";
import type { SqlFault } from "@leadwire/query";
import type { Sink } from "@leadwire/sink";
import type { Store } from "@leadwire/store";
import type { LedgerCounts, LiveView, Runner } from "@leadwire/stream";
import type { Either } from "fp-ts/lib/Either.js";
import { readGrants } from "../access/access-grants.ts";
import { makeMetrics } from "../cluster/server-store.ts";
import type { ReportArgs } from "../reports/report.ts";
import { runReport } from "../reports/reports.ts";
import type { AlertsTerms, OpenAlerts } from "../services/open-alerts.ts";
import { asideCounts, quarantineList, quarantineShow } from "./aside.ts";
import { backfillCounts } from "./backfill-counts.ts";
import type { Engine, EngineStatus, KpiRequest, LedgerReport, VerifyReport } from "./engine.ts";
import type { GenerationAtWork, GenerationPlace, LiveParts } from "./generation-at-work.ts";
import { latchedReaders } from "./latched-readers.ts";
import { ledgerReport } from "./ledger-report.ts";
import { endsOf } from "./log-ends.ts";
import { type Board, type BoardTerms, openBoard } from "./open-board.ts";
import { readEvents } from "./read-events.ts";
import { ReadLatch } from "./read-latch.ts";
import type { Rebuilds } from "./rebuild/rebuild-status.ts";
import { verify } from "./verify.ts";

/** The parts that the wiring (open-engine.ts) has put together. */
export interface EngineParts extends GenerationPlace {
  /** The one that serves. */
  readonly serving: GenerationAtWork;
  readonly close: () => Promise<void>;
}

export type LocalAlertsTerms = Pick<AlertsTerms, "alertFiles" | "processName" | "metrics" | "random" | "onNotice">;

/** The engine in the process that owns the data directory. */
export class LocalEngine implements Engine {
  url: string | null = null;
  /** Set by the wiring, which makes them for this engine. */
  rebuilds: Rebuilds | undefined;
  private readonly parts: EngineParts;
  private readonly latch = new ReadLatch();
  private current: GenerationAtWork;
  private board: Board | undefined;
  private alerts: OpenAlerts | undefined;
  private alertsTerms: LocalAlertsTerms | undefined;
  private metricsMade: Promise<void> | undefined;

  constructor(parts: EngineParts) {
    this.parts = parts;
    this.current = parts.serving;
  }

  get log(): EventLog {
    return this.parts.log;
  }
  get store(): Store {
    const { store } = this.parts;
    return { ...store, readers: latchedReaders(store.readers, this.latch, this.readyForSql) };
  }
  get runner(): Runner {
    return this.current.runner;
  }
  get sink(): Sink {
    return this.current.sink;
  }

  /** The generation that serves. */
  serving = (): GenerationAtWork => this.current;

  /** What the state was folded with, also where the workspace file says something else since. */
  get servedWorkspace(): Workspace {
    return this.current.serving.workspace;
  }

  workspace = async (): Promise<Workspace> => this.servedWorkspace;

  append = async (records: ReadonlyArray<LogRecord>): Promise<void> => {
    await this.parts.log.append(records);
  };

  settle = async (): Promise<void> => {
    for (;;) {
      const generation = this.current;
      await generation.settle();
      // One that gave way meanwhile has ended before it read everything.
      if (generation === this.current) return;
    }
  };

  /** Asks something of one generation: no other begins to serve meanwhile. Not to be called inside itself. */
  reading = <T>(ask: () => Promise<T>): Promise<T> => this.latch.read(ask);

  kpi = (request: KpiRequest): Promise<Either<UsageFault, ReadonlyArray<KpiAnswer>>> =>
    this.settled(({ answers, newestEventMs }) => answers.kpi(request, newestEventMs()));

  report = (name: string, args: ReportArgs): Promise<Either<UsageFault, unknown>> =>
    this.settled(({ serving: { workspace }, calendar, newestEventMs }) => {
      const { store, catalogue, nowMs } = this.parts;
      const context = { store, workspace, catalogue, calendar, nowMs: nowMs(), newestMs: newestEventMs() };
      return runReport(context, name, args);
    });

  sql = async (sql: string, format: string | undefined): Promise<Either<SqlFault, Uint8Array>> => {
    await this.readyForSql();
    return this.settled(({ answers }) => answers.sql(sql, format));
  };

  /**
   * Resolves once the metrics' views are there. Making some hundred of them takes longer than opening the engine, and
   * only SQL needs them: a start does not wait for them. Rejects StoreError; the next call then tries again.
   */
  readyForSql = (): Promise<void> => {
    this.metricsMade ??= this.reading(() => makeMetrics(this.parts.store, this.servedWorkspace)).catch((fault) => {
      this.metricsMade = undefined;
      throw fault;
    });
    return this.metricsMade;
  };

  ledger = (): Promise<LedgerReport> =>
    this.reading(async () => {
      const { log, store, partitions } = this.parts;
      const { runner, sink, serving, folded } = this.current;
      const positions = await this.ends([...eventTopics, quarantineTopic]);
      const ends = new Map(positions.map((end) => [partitionName(end), end.offset]));
      // One synchronous step: counts and positions of all tasks stand for the same instant.
      const tasks = runner.tasks.filter(({ derived }) => !derived).map((task) => task.counts());
      return ledgerReport({
        log,
        workspace: serving.workspace,
        partitions,
        tasks,
        ends,
        asideOf: async () => {
          await sink.stored(positions.filter(({ topic }) => topic === quarantineTopic));
          return asideCounts(store);
        },
        sentOn: () => folded(tasks.map(({ topic, partition, position: offset }) => ({ topic, partition, offset }))),
      });
    });

  backfill = async (id: string): Promise<LedgerCounts> =>
    backfillCounts(
      id,
      this.current.runner.tasks.map((task) => task.counts()),
    );

  quarantineList = (limit: number, reason?: string) =>
    this.settled(() => quarantineList(this.parts.store, limit, reason));

  quarantineShow = (id: string) => this.settled(() => quarantineShow(this.parts.store, id));

  /** Of the generation that serves when it begins: another may serve before it ends, and need not wait for it. */
  verify = async (): Promise<VerifyReport> => {
    await this.settle();
    const { runner, serving, settle } = this.current;
    // The positions first: what follows from the records before them is stored once all is settled again.
    const tasks = runner.tasks.map(({ topic, partition, position }) => ({ topic, partition, position }));
    await settle();
    const { log, store, catalogue, partitions, nowMs } = this.parts;
    return verify({
      ...{ log, store, partitions, tasks },
      ...{ workspace: serving.workspace, generation: serving.generation, measures: catalogue.measures },
      live: runner.tasks,
      nowMs: nowMs(),
    });
  };

  status = async (): Promise<EngineStatus> => {
    const { serving, lag, newestEventMs } = this.current;
    const { events, pending, unstored } = await lag();
    const newestMs = newestEventMs();
    const completeThrough = newestMs === null ? null : isoText(newestMs);
    return { url: this.url, generation: serving.generation, completeThrough, pending, unstored, events };
  };

  eventEnds = (): Promise<ReadonlyArray<LogPosition>> => this.ends(eventTopics);

  readEvents: Engine["readEvents"] = (place, from) => readEvents(this.parts.log, place, from);

  grants: Engine["grants"] = () => readGrants(this.parts.log, derivedRegistry);

  /** The live view of the generation that serves and what is open, for the page and the alerts; ended with the engine. */
  live = (): Promise<LiveParts> => this.current.live();

  /** The live view once it is open. */
  shownView = (): LiveView | undefined => this.current.openView;

  /** Evaluates rules and tells receivers; ends with the engine. */
  openAlerts = async (terms: LocalAlertsTerms): Promise<OpenAlerts> => {
    this.alertsTerms = terms;
    this.alerts ??= await this.alertsOver(this.current, terms);
    return this.alerts;
  };

  /** Opens what the page shows; it ends with the engine. */
  openBoard = async (terms: BoardTerms): Promise<Board> => {
    const { report, reading } = this;
    const { serving, answers } = this.current;
    this.board ??= await openBoard({
      ...{ ...this.parts, ...(await this.live()), ...terms, serving, answers, report },
      reading,
    });
    return this.board;
  };

  /** Whether it shows or watches numbers, which another generation has to have ready before it serves. */
  get isWatched(): boolean {
    return this.board !== undefined || this.alerts !== undefined;
  }

  /** Why another workspace could not serve; undefined where nothing speaks against it. */
  objectionTo = async (workspace: Workspace): Promise<string | undefined> => {
    const read = await this.alertsTerms?.alertFiles(workspace);
    return read?._tag === "Left" ? `The rules of alerts do not fit this workspace.\n${read.left}` : undefined;
  };

  /**
   * Lets `next` serve, once no question is being answered: `point` first moves what is stored, as one step after which
   * there is no way back. Resolves to whether it did: see ReadLatch.
   */
  moveTo = async (next: GenerationAtWork, patience: Promise<unknown>, point: () => Promise<void>): Promise<boolean> => {
    const former = this.current;
    const live = this.isWatched ? await next.live() : undefined;
    const moved = await this.latch.alone(patience, async () => {
      await point();
      // Nothing is awaited in between: nobody sees boards of one generation and answers of another.
      this.current = next;
      if (live !== undefined) this.board?.move({ ...live, serving: next.serving, answers: next.answers });
      await this.orFail(async () => {
        await this.alerts?.stop();
        await next.takeOver(former);
      });
    });
    if (!moved) return false;
    await this.orFail(async () => {
      if (this.alerts !== undefined && this.alertsTerms !== undefined)
        this.alerts = await this.alertsOver(next, this.alertsTerms);
      await former.endLive();
    });
    return true;
  };

  close = async (): Promise<void> => {
    await this.rebuilds?.close();
    await this.alerts?.stop();
    await this.board?.stop();
    await this.current.close();
    await this.parts.close();
  };

  /** After the point of no return: a process that cannot finish must not go on, and the next start does. */
  private async orFail(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      this.parts.onFailure(cause);
      throw cause;
    }
  }

  private settled<T>(ask: (generation: GenerationAtWork) => Promise<T>): Promise<T> {
    return this.reading(async () => {
      const generation = this.current;
      await generation.settle();
      return ask(generation);
    });
  }

  private alertsOver = async (
    { serving, answers, live }: GenerationAtWork,
    terms: LocalAlertsTerms,
  ): Promise<OpenAlerts> => {
    // Only a process that serves needs channels and what they bring along.
    const { openAlerts } = await import("../services/open-alerts.ts");
    const { reading } = this;
    return openAlerts({
      ...{ ...this.parts, ...(await live()), ...terms },
      registry: derivedRegistry,
      ...serving,
      answers: { checked: (question, newestMs) => reading(() => answers.checked(question, newestMs)) },
    });
  };

  private ends(topics: ReadonlyArray<string>): Promise<ReadonlyArray<LogPosition>> {
    return endsOf(this.parts.log, topics, this.parts.partitions);
  }
}
