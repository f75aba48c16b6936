import type { DoorRequest, LeadKeyTopic } from "@leadwire/ingest";
import { Counter, Histogram, type Registry } from "prom-client";
import { sampledGauge } from "../shell/sampled.ts";

/** The metrics of a door; takes each request as it ended. */
export const doorMetrics = (registry: Registry): ((request: DoorRequest) => void) => {
  const requests = new Counter({
    name: "leadwire_door_requests_total",
    help: "Requests to POST /v1/events by how they ended; the source is the key's.",
    labelNames: ["source", "outcome"],
    registers: [registry],
  });
  const events = new Counter({
    name: "leadwire_door_events_total",
    help: "Events of those requests by result.",
    labelNames: ["source", "result"],
    registers: [registry],
  });
  const duration = new Histogram({
    name: "leadwire_door_request_seconds",
    help: "From a request's headers until its answer, durable in the log.",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  return ({ source, outcome, accepted, refused, ms }) => {
    requests.inc({ source, outcome });
    if (accepted > 0) events.inc({ source, result: "accepted" }, accepted);
    if (refused > 0) events.inc({ source, result: "refused" }, refused);
    duration.observe(ms / 1000);
  };
};

/** The metrics of the leads' keys that a door shares with others. */
export const leadKeyMetrics = (
  registry: Registry,
  keys: Pick<LeadKeyTopic, "leads" | "unremoved" | "unreadable">,
): void => {
  sampledGauge(registry, {
    name: "leadwire_lead_keys",
    help: "Leads that have a key for their contact, or are erased.",
    sample: () => [[{}, keys.leads]],
  });
  sampledGauge(registry, {
    name: "leadwire_lead_keys_unremoved",
    help: "Keys that must go, of erased leads above all, and whose removal is not in the topic yet: 0 soon after.",
    sample: () => [[{}, keys.unremoved]],
  });
  sampledGauge(registry, {
    name: "leadwire_lead_keys_unreadable",
    help: "Records of the lead keys' topic that are no lead's key: above 0, somebody else writes to it.",
    sample: () => [[{}, keys.unreadable]],
  });
};

/** What a person reads of a fault of our own at the door, with where it came from. */
export const doorFaultText = (cause: unknown): string =>
  `The door failed on a request: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`;
