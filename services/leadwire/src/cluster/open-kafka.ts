import { setTimeout as sleep } from "node:timers/promises";
import { BrokerUnreachable } from "@leadwire/log";
import { type KafkaLog, type KafkaLogOptions, openKafkaLog } from "@leadwire/log/kafka";
import type { Secrets } from "../config.ts";
import type { KafkaPlace } from "../deployment/deployment.ts";

export interface KafkaHooks extends Pick<KafkaLogOptions, "onInterrupted" | "onListenerFault"> {
  /** `leadwire-processor`: how the brokers name this process. */
  readonly clientId: string;
}

/** Opens the log; rejects BrokerUnreachable at once where no broker answers. */
export const openKafka = async (place: KafkaPlace, secrets: Secrets, hooks: KafkaHooks): Promise<KafkaLog> => {
  const { username, tls, brokers, replicas } = place;
  if (username !== undefined && secrets.kafkaPassword === undefined) {
    throw new Error(
      `kafka.username is ${username}, and there is no password: set LEADWIRE_KAFKA_PASSWORD, or LEADWIRE_KAFKA_PASSWORD_FILE.`,
    );
  }
  const login = username === undefined ? {} : { plainLogin: { username, password: secrets.kafkaPassword ?? "" } };
  return openKafkaLog({ brokers, replicas, ...(tls ? { tls: {} } : {}), ...login, ...hooks });
};

const firstPauseMs = 250;
const pauseMsMax = 5_000;

export interface Waiting {
  readonly signal: AbortSignal;
  /** Told of each failed try. */
  readonly onWait: (found: string) => void;
}

/** Does it again for as long as `passes` says so, with growing pauses; undefined once the signal aborts. */
export const untilThere = async <A>(
  open: () => Promise<A>,
  passes: (fault: unknown) => boolean,
  { signal, onWait }: Waiting,
): Promise<A | undefined> => {
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(pauseMs * 2, pauseMsMax)) {
    try {
      return await open();
    } catch (fault) {
      if (!passes(fault)) throw fault;
      onWait(fault instanceof Error ? fault.message : String(fault));
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
};

export const isUnreachable = (fault: unknown): boolean => fault instanceof BrokerUnreachable;
