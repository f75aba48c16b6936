import type { OnInterrupted } from "@leadwire/log/kafka";
import { Counter, type Registry } from "prom-client";

/** Counts the faults of the log that are waited out, and tells of them. */
export const logFaults = (registry: Registry, tell: (text: string) => void): OnInterrupted => {
  const waited = new Counter({
    name: "leadwire_log_faults_total",
    help: "Faults of the log that were waited out: lost connections, moving leaders, brokers that restart.",
    registers: [registry],
  });
  return (fault, attempt) => {
    waited.inc();
    tell(`The log is waited for (try ${attempt}): ${fault.message}`);
  };
};
