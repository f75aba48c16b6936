import {
  type AlertService,
  defaultDeliveryPolicy,
  defaultSendLimits,
  liveNumbers,
  openAlertService,
  secretReader,
  systemLookup,
} from "@leadwire/alert-service";
import type { SchemaRegistry } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import type { EventLog } from "@leadwire/log";
import { type LiveOpenSet, LiveQuarantine, type LiveView } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import type { Registry } from "prom-client";
import { environment } from "../config.ts";
import type { KpiAnswers } from "../engine/kpi-answers.ts";
import { alertMetrics, alertPassTime, endAlertMetrics } from "./alert-metrics.ts";
import type { AlertsSource } from "./alerts-source.ts";
import { AlertsWatch } from "./alerts-watch.ts";
import { calmly } from "./calmly.ts";

export interface AlertsTerms {
  readonly log: EventLog;
  readonly registry: SchemaRegistry;
  readonly partitions: number;
  readonly generation: string;
  readonly workspace: Workspace;
  /** The page's too, where one process shows it. */
  readonly view: LiveView;
  readonly openSet: LiveOpenSet;
  /** What slices do not answer. */
  readonly answers: Pick<KpiAnswers, "checked">;
  readonly alertFiles: AlertsSource;
  readonly processName: string;
  readonly metrics: Registry;
  readonly nowMs: () => number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  readonly onNotice: (text: string) => void;
  readonly onFailure: (cause: unknown) => void;
}

export type OpenAlerts = Pick<AlertService, "unready" | "stop">;

/** The rule files are wrong, so that there is nothing to begin with. */
class AlertFilesFault extends Error {
  readonly _tag = "AlertFilesFault";
}

/** Opens the alert service over a live view, with the rules of the folder `alerts/`; changed files are taken without a restart. */
export const openAlerts = async (terms: AlertsTerms): Promise<OpenAlerts> => {
  const { view, workspace, answers, alertFiles, metrics, nowMs, onNotice, onFailure } = terms;
  const read = await alertFiles(workspace);
  if (isLeft(read)) throw new AlertFilesFault(read.left);
  const quarantine = new LiveQuarantine(terms);
  await quarantine.start();
  const numbers = liveNumbers({
    ...terms,
    quarantine,
    factsOf: (question) => answers.checked(question, view.freshness().completeThroughMs),
    onNotice: calmly(nowMs, onNotice),
  });
  const pass = alertPassTime(metrics);
  const service = await openAlertService({
    ...terms,
    config: read.right.config,
    numbers,
    channels: {
      readSecret: secretReader(environment),
      lookup: systemLookup,
      limits: defaultSendLimits,
      style: { zone: workspace.timeZone, currency: workspace.currency },
    },
    policy: defaultDeliveryPolicy,
    onPass: (ms) => pass.observe(ms / 1000),
  });
  const watch = new AlertsWatch({
    read: read.right,
    source: () => alertFiles(workspace),
    onChange: service.reload,
    onNotice,
    onFailure,
  });
  watch.start();
  alertMetrics(metrics, service.stats, () => watch.isRefused);
  return {
    unready: service.unready,
    stop: async () => {
      watch.stop();
      await service.stop();
      numbers.end();
      await quarantine.stop();
      endAlertMetrics(metrics);
    },
  };
};
