import type { DoorRequest } from "@leadwire/ingest";
import { Counter, Histogram, type Registry } from "prom-client";

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
