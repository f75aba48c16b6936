import { afterAll, beforeAll, describe } from "vitest";
import { appendContract } from "./append-contract.ts";
import { groupContract } from "./group-contract.ts";
import type { ContractContext, LogUnderTest } from "./log-under-test.ts";
import { readContract } from "./read-contract.ts";
import { topicContract } from "./topic-contract.ts";
import { waitContract } from "./wait-contract.ts";

/** The promises of the EventLog port, as tests. Every adapter runs them. On a shared log, `prefix` keeps runs apart. */
export const eventLogContract = (name: string, open: () => Promise<LogUnderTest>, prefix = "contract"): void => {
  describe(`${name} keeps the event log's contract`, () => {
    let current: LogUnderTest | undefined;
    let topics = 0;
    const under = (): LogUnderTest => {
      if (current === undefined) throw new Error("The log under test is not open yet.");
      return current;
    };
    const freshTopic = async (partitions: number, retentionMs?: number): Promise<string> => {
      topics += 1;
      const topic = `${prefix}-${topics}`;
      await under().log.ensureTopics([
        { name: topic, partitions, ...(retentionMs === undefined ? {} : { retentionMs }) },
      ]);
      return topic;
    };
    beforeAll(async () => {
      current = await open();
    });
    afterAll(async () => {
      await current?.dispose();
    });
    const context: ContractContext = { under, freshTopic };
    appendContract(context);
    readContract(context);
    waitContract(context);
    groupContract(context);
    topicContract(context);
  });
};
