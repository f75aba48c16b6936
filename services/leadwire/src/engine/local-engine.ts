import { alertsTopic, derivedRegistry, eventTopics, factsTopic, metricsTopic, quarantineTopic } from "@leadwire/events";
import type { Workspace, ZoneCalendar } from "@leadwire/funnel";
import { type Catalogue, isoText, type KpiAnswer, type UsageFault } from "@leadwire/kpis";
import { type EmbeddedLog, type EventLog, type LogPosition, type LogRecord, partitionName } from "@leadwire/log";
import type { SqlFault } from "@leadwire/query";
import type { Sink } from "@leadwire/sink";
import { type Store, schemaText } from "@leadwire/store";
import {
  type LedgerCounts,
  LiveOpenSet,
  type LiveView,
  type Runner,
  requestRestate,
  taskTopics,
} from "@leadwire/stream";
import type { Either } from "fp-ts/lib/Either.js";
import { readGrants } from "../access/access-grants.ts";
import type { ReportArgs } from "../reports/report.ts";
import { runReport } from "../reports/reports.ts";
import type { AlertsTerms, OpenAlerts } from "../services/open-alerts.ts";
import { asideCounts, quarantineList, quarantineShow } from "./aside.ts";
import { backfillCounts } from "./backfill-counts.ts";
import type { Engine, EngineStatus, KpiRequest, LedgerReport, VerifyReport } from "./engine.ts";
import type { Serving } from "./generation-file.ts";
import { KpiAnswers } from "./kpi-answers.ts";
import { ledgerReport } from "./ledger-report.ts";
import { endsOf, settlePasses } from "./log-ends.ts";
import { type Board, type BoardTerms, openBoard } from "./open-board.ts";
import { openLiveView } from "./open-live-view.ts";
import { readEvents } from "./read-events.ts";
import { verify } from "./verify.ts";

/** The parts that the wiring (open-engine.ts) has put together. */
export interface EngineParts {
  readonly log: EmbeddedLog;
  readonly runner: Runner;
  readonly sink: Sink;
  readonly store: Store;
  readonly serving: Serving;
  readonly catalogue: Catalogue;
  readonly calendar: ZoneCalendar;
  readonly partitions: number;
  readonly nowMs: () => number;
  /** Begins to fold and to store; called again it changes nothing. */
  readonly begin: () => Promise<void>;
  readonly sleep: (ms: number) => Promise<void>;
  readonly onFailure: (cause: unknown) => void;
  readonly close: () => Promise<void>;
}

/** What follows the derived topics for whoever shows or watches the numbers. */
export interface LiveParts {
  readonly view: LiveView;
  readonly openSet: LiveOpenSet;
}

export type LocalAlertsTerms = Pick<AlertsTerms, "alertFiles" | "processName" | "metrics" | "random" | "onNotice">;

const settlePollMs = 5;

/** The engine in the process that owns the data directory. */
export class LocalEngine implements Engine {
  url: string | null = null;
  private readonly parts: EngineParts;
  private readonly answers: KpiAnswers;
  private board: Board | undefined;
  private liveParts: Promise<LiveParts> | undefined;
  private alerts: OpenAlerts | undefined;

  constructor(parts: EngineParts) {
    this.parts = parts;
    const { store, serving, catalogue, calendar, nowMs } = parts;
    this.answers = new KpiAnswers({ store, workspace: serving.workspace, catalogue, calendar, nowMs });
  }

  get log(): EventLog {
    return this.parts.log;
  }
  get runner(): Runner {
    return this.parts.runner;
  }
  get sink(): Sink {
    return this.parts.sink;
  }

  /** What the state was folded with, also where the workspace file says something else since. */
  get servedWorkspace(): Workspace {
    return this.parts.serving.workspace;
  }

  workspace = async (): Promise<Workspace> => this.servedWorkspace;

  append = async (records: ReadonlyArray<LogRecord>): Promise<void> => {
    await this.parts.log.append(records);
  };

  settle = async (): Promise<void> => {
    const { serving, sink, begin } = this.parts;
    await begin();
    for (let pass = 0; pass < settlePasses; pass += 1)
      await this.folded(await this.ends(taskTopics(serving.generation)));
    await sink.stored(await this.ends(this.storedTopics()));
  };

  kpi = async (request: KpiRequest): Promise<Either<UsageFault, ReadonlyArray<KpiAnswer>>> => {
    await this.settle();
    return this.answers.kpi(request, this.newestEventMs());
  };

  report = async (name: string, args: ReportArgs): Promise<Either<UsageFault, unknown>> => {
    await this.settle();
    const { store, serving, catalogue, calendar, nowMs } = this.parts;
    const { workspace } = serving;
    const context = { store, workspace, catalogue, calendar, nowMs: nowMs(), newestMs: this.newestEventMs() };
    return runReport(context, name, args);
  };

  sql = async (sql: string, format: string | undefined): Promise<Either<SqlFault, Uint8Array>> => {
    await this.settle();
    return this.answers.sql(sql, format);
  };

  schema = async (): Promise<string> => schemaText();

  ledger = async (): Promise<LedgerReport> => {
    const { log, runner, store, sink, serving, partitions } = this.parts;
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
      sentOn: () => this.folded(tasks.map(({ topic, partition, position: offset }) => ({ topic, partition, offset }))),
    });
  };

  backfill = async (id: string): Promise<LedgerCounts> =>
    backfillCounts(
      id,
      this.parts.runner.tasks.map((task) => task.counts()),
    );

  quarantineList = async (limit: number, reason?: string) => {
    await this.settle();
    return quarantineList(this.parts.store, limit, reason);
  };

  quarantineShow = async (id: string) => {
    await this.settle();
    return quarantineShow(this.parts.store, id);
  };

  verify = async (): Promise<VerifyReport> => {
    await this.settle();
    // The positions first: what follows from the records before them is stored once all is settled again.
    const tasks = this.parts.runner.tasks.map(({ topic, partition, position }) => ({ topic, partition, position }));
    await this.settle();
    const { log, runner, store, serving, catalogue, partitions, nowMs } = this.parts;
    return verify({
      log,
      store,
      workspace: serving.workspace,
      measures: catalogue.measures,
      generation: serving.generation,
      partitions,
      tasks,
      live: runner.tasks,
      nowMs: nowMs(),
    });
  };

  status = async (): Promise<EngineStatus> => {
    const { runner, serving, sink } = this.parts;
    const tasks = new Map(runner.tasks.map((task) => [partitionName(task), task.position]));
    const stored = new Map(sink.reached().map((mark) => [partitionName(mark), mark.nextOffset]));
    const ends = await this.ends(eventTopics);
    const behind = (reached: ReadonlyMap<string, number>): number =>
      ends.reduce((sum, end) => sum + end.offset - (reached.get(partitionName(end)) ?? 0), 0);
    const newestMs = this.newestEventMs();
    return {
      url: this.url,
      generation: serving.generation,
      completeThrough: newestMs === null ? null : isoText(newestMs),
      pending: behind(tasks),
      unstored: behind(stored),
      events: ends.reduce((sum, { offset }) => sum + offset, 0),
    };
  };

  eventEnds = (): Promise<ReadonlyArray<LogPosition>> => this.ends(eventTopics);

  readEvents: Engine["readEvents"] = (place, from) => readEvents(this.parts.log, place, from);

  grants: Engine["grants"] = () => readGrants(this.parts.log, derivedRegistry);

  /** The live view of this process and what is open, for the page and the alerts: opened once, ended with the engine. */
  live = (): Promise<LiveParts> => {
    this.liveParts ??= this.openLive();
    return this.liveParts;
  };

  private openLive = async (): Promise<LiveParts> => {
    const { log, serving, runner } = this.parts;
    const { generation, workspace } = serving;
    const onExpired = async (partition: number): Promise<number> => {
      for (const task of runner.tasks) if (task.partition === partition) task.restateSlices();
      return 0;
    };
    const asker = { log, registry: derivedRegistry, generation, requestedBy: "up" };
    const onFactsExpired = (partition: number): Promise<number> => requestRestate(asker, partition, "facts");
    const openSet = new LiveOpenSet({ workspace });
    const view = await openLiveView({ ...this.parts, serving, openSet, onExpired, onFactsExpired });
    return { view, openSet };
  };

  /** Evaluates rules and tells receivers; ends with the engine. */
  openAlerts = async (terms: LocalAlertsTerms): Promise<OpenAlerts> => {
    const { answers } = this;
    const { generation, workspace } = this.parts.serving;
    // Only a process that serves needs channels and what they bring along.
    const { openAlerts } = await import("../services/open-alerts.ts");
    const live = await this.live();
    this.alerts ??= await openAlerts({
      ...this.parts,
      ...live,
      ...terms,
      registry: derivedRegistry,
      generation,
      workspace,
      answers,
    });
    return this.alerts;
  };

  /** Opens what the page shows; it ends with the engine. */
  openBoard = async (terms: BoardTerms): Promise<Board> => {
    const { answers, report } = this;
    this.board ??= await openBoard({ ...this.parts, ...(await this.live()), ...terms, answers, report });
    return this.board;
  };

  close = async (): Promise<void> => {
    await this.alerts?.stop();
    await this.board?.stop();
    const live = await this.liveParts?.catch(() => undefined);
    await live?.view.stop();
    await this.parts.close();
  };

  private storedTopics(): ReadonlyArray<string> {
    const { generation } = this.parts.serving;
    return [...eventTopics, quarantineTopic, alertsTopic, factsTopic(generation), metricsTopic(generation)];
  }

  private ends(topics: ReadonlyArray<string>): Promise<ReadonlyArray<LogPosition>> {
    return endsOf(this.parts.log, topics, this.parts.partitions);
  }

  /** Resolves once the tasks have told all that follows from the records before these offsets. */
  private async folded(ends: ReadonlyArray<LogPosition>): Promise<void> {
    const { runner, sleep } = this.parts;
    const offsets = new Map(ends.map((end) => [partitionName(end), end.offset]));
    while (!runner.hasTold(offsets)) await sleep(settlePollMs);
  }

  private newestEventMs(): number | null {
    let newestMs = Number.NEGATIVE_INFINITY;
    for (const task of this.parts.runner.tasks) if (!task.derived) newestMs = Math.max(newestMs, task.newestEventMs);
    return Number.isFinite(newestMs) ? newestMs : null;
  }
}
