import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrokerProcess, startBrokerProcess } from "./broker.ts";

/** A broker for tests. */
export interface TestBroker {
  readonly bootstrap: string;
  /** Where it came from: LEADWIRE_KAFKA, a container, or Maven's jars. */
  readonly kind: "given" | "container" | "maven";
  /** Ends a broker of our own and removes its data; leaves a given one as it is. */
  readonly stop: () => Promise<void>;
}

/** A broker that a test may end and start again: always one of our own. */
export interface BreakableBroker extends TestBroker {
  readonly signal: (signal: NodeJS.Signals) => Promise<void>;
  /** Starts it again on the same port and data. */
  readonly restart: () => Promise<void>;
}

/** A broker from Maven's jars, in a temporary folder. Ends with this process at the latest. */
export const startBreakableBroker = async (): Promise<BreakableBroker> => {
  const folder = mkdtempSync(join(tmpdir(), "leadwire-kafka-"));
  let broker: BrokerProcess = await startBrokerProcess({ folder });
  const killAtExit = (): void => {
    try {
      process.kill(broker.pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
  };
  process.on("exit", killAtExit);
  return {
    bootstrap: broker.bootstrap,
    kind: "maven",
    signal: (signal) => broker.signal(signal),
    restart: async () => {
      broker = await startBrokerProcess({ folder });
    },
    stop: async () => {
      await broker.signal("SIGKILL");
      process.off("exit", killAtExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
