import kafkajs, { type Admin } from "kafkajs";
import type { EventLog, Partition } from "../../event-log.ts";
import { readBatchHeader } from "../../record-batch.ts";

const withAdmin = async (bootstrap: string, work: (admin: Admin) => Promise<void>): Promise<void> => {
  const admin = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  await work(admin);
  await admin.disconnect();
};

/** A given broker goes on without the suite's topics. */
export const removeTopics = (bootstrap: string, prefix: string): Promise<void> =>
  withAdmin(bootstrap, async (admin) => {
    const topics = (await admin.listTopics()).filter((name) => name.startsWith(`${prefix}-`));
    if (topics.length > 0) await admin.deleteTopics({ topics });
  });

/** Lets the log begin at the partition's last batch, as retention does. */
export const expireAllButLast = (bootstrap: string, log: EventLog, { topic, partition }: Partition): Promise<void> =>
  withAdmin(bootstrap, async (admin) => {
    const offset = String(await lastBatchOf(log, { topic, partition }));
    // Loads what kafkajs has to know of the topic; it does not ask by itself here.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset }] });
  });

/** Where the partition's last batch begins. */
const lastBatchOf = async (log: EventLog, partition: Partition): Promise<number> => {
  const { start } = await log.bounds(partition);
  let last = start;
  for (let offset = start; ; ) {
    const { bytes, nextOffset } = await log.read(partition, offset, 65_536);
    if (nextOffset === offset) return last;
    for (let at = 0; at < bytes.length; ) {
      const header = readBatchHeader(bytes, at);
      last = header.baseOffset;
      at += header.batchBytes;
    }
    offset = nextOffset;
  }
};
