import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type AlertsConfig, alertFaultText, parseAlertFiles } from "@leadwire/alerts";
import {
  accountLogTopic,
  alertsTopic,
  derivedRegistry,
  encodeEvent,
  eventTopics,
  factsTopic,
  keyOf,
  metricsTopic,
  quarantineTopic,
  type SalesEvent,
  topicOf,
} from "@leadwire/events";
import { defaultWorkspace, type Workspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EventLog, openEmbeddedLog } from "@leadwire/log";
import { LiveOpenSet, LiveView, Runner, StateStore } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import { type AlertService, openAlertService } from "../alert-service.ts";
import { defaultSendLimits } from "../channels/channel-deps.ts";
import { secretReader } from "../channels/secret-reader.ts";
import { defaultDeliveryPolicy } from "../delivery/delivery-policy.ts";
import { liveNumbers } from "../live-numbers.ts";

/** What receivers in tests sign with. */
const testSecret = `whsec_${Buffer.from("a secret of thirty-two bytes ...").toString("base64")}`;

const partitions = 3;

/** Rules and receivers as files would say them. */
export const alertsOf = (texts: Readonly<Record<string, string>>, workspace: Workspace): AlertsConfig => {
  const files = Object.entries(texts).map(([name, text]) => ({ name: `alerts/${name}.yaml`, text }));
  const parsed = parseAlertFiles(files, { catalogue, workspace });
  if (isLeft(parsed)) throw new Error(parsed.left.map(alertFaultText).join("\n"));
  return parsed.right;
};

/** An engine in this process, without ClickHouse: log, tasks, live view, and alert services over them. */
export interface LiveCompany {
  readonly log: EventLog;
  readonly workspace: Workspace;
  readonly nowMs: () => number;
  /** Puts the clock forward. */
  readonly passMs: (ms: number) => void;
  readonly append: (events: ReadonlyArray<SalesEvent>, backfill?: string) => Promise<void>;
  /** Resolves once the view is live. */
  readonly live: () => Promise<void>;
  readonly openService: (config: AlertsConfig, terms?: ServiceTerms) => Promise<AlertService>;
  readonly notices: ReadonlyArray<string>;
  readonly dispose: () => Promise<void>;
}

export interface ServiceTerms {
  readonly generation?: string;
  readonly log?: EventLog;
}

const generation = "test";

export const openLiveCompany = async (startMs = 1_790_000_000_000): Promise<LiveCompany> => {
  const folder = mkdtempSync(join(tmpdir(), "leadwire-alerts-"));
  const workspace: Workspace = { ...defaultWorkspace, currency: "EUR" };
  let aheadMs = startMs - performance.now();
  const nowMs = (): number => Math.floor(aheadMs + performance.now());
  const notices: Array<string> = [];
  const onFailure = (cause: unknown): void => void notices.push(`failed: ${String(cause)}`);
  const log = await openEmbeddedLog({ folder: join(folder, "log"), nowMs });
  const topics = [...eventTopics, quarantineTopic, alertsTopic, accountLogTopic(generation)];
  const derived = [factsTopic(generation), metricsTopic(generation)];
  await log.ensureTopics([...topics, ...derived].map((name) => ({ name, partitions })));
  const store = new StateStore(join(folder, "state"));
  const shared = { log, generation, partitions, workspace, nowMs, onFailure };
  const runner = new Runner({ ...shared, store, measures: catalogue.measures });
  const openSet = new LiveOpenSet({ workspace });
  const view = new LiveView({ ...shared, catalogue, openSet });
  await runner.start();
  await view.start();
  const opened: Array<() => Promise<void>> = [];

  const openService = async (config: AlertsConfig, terms: ServiceTerms = {}): Promise<AlertService> => {
    const numbers = liveNumbers({
      view,
      openSet,
      quarantine: { since: () => 0 },
      workspace,
      nowMs,
      factsOf: () => Promise.reject(new Error("these tests ask no facts")),
      onNotice: (text) => notices.push(text),
    });
    const service = await openAlertService({
      ...shared,
      ...terms,
      registry: derivedRegistry,
      processName: `copy ${opened.length + 1}`,
      config,
      numbers,
      channels: {
        readSecret: secretReader({ SECRET: testSecret }),
        lookup: async () => ["127.0.0.1"],
        limits: defaultSendLimits,
        style: { zone: workspace.timeZone, currency: "EUR" },
      },
      policy: defaultDeliveryPolicy,
      random: () => 0.5,
      onNotice: (text) => notices.push(text),
    });
    const stop = async (): Promise<void> => {
      await service.stop();
      numbers.end();
    };
    opened.push(stop);
    return { ...service, stop };
  };

  return {
    log,
    workspace,
    nowMs,
    passMs: (ms) => {
      aheadMs += ms;
    },
    append: async (events, backfill) => {
      const headers = backfill === undefined ? {} : { headers: { backfill } };
      await log.append(
        events.map((event) => ({
          topic: topicOf(event.type),
          key: Buffer.from(keyOf(event)),
          value: encodeEvent(event),
          ...headers,
        })),
      );
    },
    live: async () => {
      while (view.freshness().state !== "live") await sleep(10);
    },
    openService,
    notices,
    dispose: async () => {
      for (const stop of opened) await stop();
      await view.stop();
      await runner.stop();
      await store.close();
      await log.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
