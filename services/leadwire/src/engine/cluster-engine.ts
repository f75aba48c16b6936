import {
  alertsTopic,
  derivedRegistry,
  eventTopics,
  factsTopic,
  metricsTopic,
  quarantineTopic,
  type SchemaRegistry,
} from "@leadwire/events";
import type { Workspace, ZoneCalendar } from "@leadwire/funnel";
import { type Catalogue, isoText, type KpiAnswer, type UsageFault } from "@leadwire/kpis";
import { type EventLog, type LogPosition, type LogRecord, partitionName } from "@leadwire/log";
import type { SqlFault } from "@leadwire/query";
import { readLedger, type Store, StoreError } from "@leadwire/store";
import { type LedgerCounts, taskTopics } from "@leadwire/stream";
import { type Either, isLeft } from "fp-ts/lib/Either.js";
import { readGrants } from "../access/access-grants.ts";
import { HeardTasks } from "../cluster/heard-tasks.ts";
import { NobodyAtWork } from "../cluster/nobody-at-work.ts";
import { StoredRows } from "../cluster/stored-rows.ts";
import type { ReportArgs } from "../reports/report.ts";
import { runReport } from "../reports/reports.ts";
import { asideCounts, quarantineList, quarantineShow } from "./aside.ts";
import { backfillCounts } from "./backfill-counts.ts";
import type { Engine, EngineStatus, KpiRequest, LedgerReport, VerifyReport } from "./engine.ts";
import { KpiAnswers } from "./kpi-answers.ts";
import { ledgerReport } from "./ledger-report.ts";
import { endsOf, settlePasses } from "./log-ends.ts";
import { readEvents } from "./read-events.ts";
import { SharedRun } from "./shared-run.ts";
import { verify } from "./verify.ts";

export interface ClusterEngineOptions {
  readonly log: EventLog;
  readonly store: Store;
  readonly generation: string;
  readonly workspace: Workspace;
  readonly catalogue: Catalogue;
  readonly calendar: ZoneCalendar;
  /** Of every topic. */
  readonly partitions: number;
  /** Whose schema ids stand on records; those derived from `schemas/` unless given. */
  readonly registry?: SchemaRegistry;
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** The log cannot be followed any more: no later question has an answer. */
  readonly onFailure?: (cause: unknown) => void;
  /** Closes the log and the store. */
  readonly close: () => Promise<void>;
}

/**
 * The engine of a cluster, asked from any process: a client of the log and of ClickHouse. What the services have done it
 * learns from the topics and from ClickHouse alone. Rejects NobodyAtWork where a service that is waited for is silent.
 */
export class ClusterEngine implements Engine {
  private readonly options: ClusterEngineOptions;
  private readonly answers: KpiAnswers;
  private readonly heard: HeardTasks;
  private readonly rows: StoredRows;
  private readonly settling = new SharedRun(() => this.settleOnce());
  private started: Promise<void> | undefined;

  constructor(options: ClusterEngineOptions) {
    this.options = options;
    this.answers = new KpiAnswers(options);
    this.heard = new HeardTasks(options);
    this.rows = new StoredRows(options);
  }

  workspace = async (): Promise<Workspace> => this.options.workspace;

  append = async (records: ReadonlyArray<LogRecord>): Promise<void> => {
    await this.options.log.append(records);
  };

  settle = (): Promise<void> => this.settling.run();

  kpi = async (request: KpiRequest): Promise<Either<UsageFault, ReadonlyArray<KpiAnswer>>> => {
    await this.settle();
    return this.answers.kpi(request, this.heard.newestEventMs);
  };

  report = async (name: string, args: ReportArgs): Promise<Either<UsageFault, unknown>> => {
    await this.settle();
    const { store, workspace, catalogue, calendar, nowMs } = this.options;
    const context = { store, workspace, catalogue, calendar, nowMs: nowMs(), newestMs: this.heard.newestEventMs };
    return runReport(context, name, args);
  };

  sql = async (sql: string, format: string | undefined): Promise<Either<SqlFault, Uint8Array>> => {
    await this.settle();
    return this.answers.sql(sql, format);
  };

  ledger = async (): Promise<LedgerReport> => {
    const { log, store, workspace, partitions, registry = derivedRegistry } = this.options;
    await this.settleIfAnyone();
    const tasks = await this.taskCounts();
    const positions = await this.ends([...eventTopics, quarantineTopic]);
    const ends = new Map(positions.map((end) => [partitionName(end), end.offset]));
    return ledgerReport({ log, workspace, partitions, registry, tasks, ends, asideOf: () => asideCounts(store) });
  };

  backfill = async (id: string): Promise<LedgerCounts> => {
    await this.settleIfAnyone();
    return backfillCounts(id, await this.taskCounts());
  };

  quarantineList: Engine["quarantineList"] = async (limit, reason) => {
    await this.settleIfAnyone();
    return quarantineList(this.options.store, limit, reason, this.options.registry);
  };

  quarantineShow: Engine["quarantineShow"] = (id) => quarantineShow(this.options.store, id, this.options.registry);

  verify = async (): Promise<VerifyReport> => {
    await this.settle();
    const {
      log,
      store,
      workspace,
      catalogue,
      generation,
      partitions,
      registry = derivedRegistry,
      nowMs,
    } = this.options;
    const topics = taskTopics(generation);
    const ends = await this.ends(topics);
    return verify({
      log,
      store,
      workspace,
      measures: catalogue.measures,
      generation,
      partitions,
      registry,
      tasks: ends.map(({ topic, partition }) => ({
        topic,
        partition,
        position: this.heard.positionOf(topic, partition),
      })),
      nowMs: nowMs(),
    });
  };

  status = async (): Promise<EngineStatus> => {
    await this.listen();
    const marks = await this.rows.marks();
    const ends = await this.ends(eventTopics);
    const behind = (reachedAt: (end: LogPosition) => number): number =>
      ends.reduce((sum, end) => sum + Math.max(end.offset - reachedAt(end), 0), 0);
    const newestMs = this.heard.newestEventMs;
    return {
      url: null,
      generation: this.options.generation,
      completeThrough: newestMs === null ? null : isoText(newestMs),
      pending: behind(({ topic, partition }) => this.heard.positionOf(topic, partition)),
      unstored: behind((end) => marks.get(partitionName(end)) ?? 0),
      events: ends.reduce((sum, { offset }) => sum + offset, 0),
    };
  };

  eventEnds = (): Promise<ReadonlyArray<LogPosition>> => this.ends(eventTopics);

  readEvents: Engine["readEvents"] = (place, from) => readEvents(this.options.log, place, from, this.options.registry);

  grants: Engine["grants"] = () => readGrants(this.options.log, this.options.registry ?? derivedRegistry);

  close = async (): Promise<void> => {
    await this.started?.catch(() => undefined);
    await this.heard.stop();
    await this.options.close();
  };

  private async settleOnce(): Promise<void> {
    await this.listen();
    for (let pass = 0; pass < settlePasses; pass += 1)
      await this.heard.passed(await this.ends(taskTopics(this.options.generation)));
    await this.rows.passed(await this.ends(this.storedTopics()), this.options);
  }

  private storedTopics(): ReadonlyArray<string> {
    const { generation } = this.options;
    return [...eventTopics, quarantineTopic, alertsTopic, factsTopic(generation), metricsTopic(generation)];
  }

  private listen(): Promise<void> {
    this.started ??= this.heard.start().catch((cause: unknown) => {
      // The next question tries again.
      this.started = undefined;
      throw cause;
    });
    return this.started;
  }

  /** A question about what was done has an answer, too, while nobody does anything. */
  private async settleIfAnyone(): Promise<void> {
    try {
      await this.settle();
    } catch (fault) {
      if (!(fault instanceof NobodyAtWork)) throw fault;
    }
  }

  private async taskCounts() {
    const counts = await readLedger(this.options.store, this.options.generation)();
    if (isLeft(counts)) throw new StoreError(counts.left);
    return counts.right;
  }

  private ends(topics: ReadonlyArray<string>): Promise<ReadonlyArray<LogPosition>> {
    return endsOf(this.options.log, topics, this.options.partitions);
  }
}
