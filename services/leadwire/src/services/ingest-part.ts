import { seal } from "@leadwire/events";
import { LeadKeyTopic, registerDoor } from "@leadwire/ingest";
import { eventJudge } from "../engine/event-judge.ts";
import { doorFaultText, doorMetrics, leadKeyMetrics } from "./door-metrics.ts";
import type { ServicePart, ServiceScope } from "./service-part.ts";

/** The door for events: answers once they are durable in the log. Ready once all leads' keys are known. */
export const openIngestPart = async (scope: ServiceScope): Promise<ServicePart> => {
  const { log, workspace, partitions, registry, deployment, metrics, nowMs, randomKey, onNotice, onFailure } = scope;
  const keys = new LeadKeyTopic({ log, partitions, registry, randomKey, onFailure });
  await keys.start();
  leadKeyMetrics(metrics, keys);
  const judge = eventJudge(workspace);
  const onRequest = doorMetrics(metrics);
  return {
    routes: (app) =>
      registerDoor(app, {
        ...deployment.ingest,
        registry,
        nowMs,
        onRequest,
        onFault: (cause) => onNotice(doorFaultText(cause)),
        append: async (records) => {
          await log.append(records);
        },
        judge: (event) => judge(event, nowMs()),
        prepareKeys: keys.prepare,
        sealContact: (leadId, contact) => {
          const key = keys.keyFor(leadId);
          return key === undefined ? undefined : seal(contact, key, leadId);
        },
      }),
    unready: () => (keys.isReady ? [] : ["The leads' keys are being read."]),
    stop: keys.stop,
  };
};
