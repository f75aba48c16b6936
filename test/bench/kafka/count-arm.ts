import { eventTopics } from "@leadwire/events";
import kafkajs from "kafkajs";
import { type Arm, type ArmTask, serveArm } from "./arm.ts";

/** The floor of kafkajs: eachBatch that only counts. */
const start = async ({ bootstrap, run, events }: ArmTask): Promise<Arm> => {
  const kafka = new kafkajs.Kafka({ brokers: [bootstrap], clientId: run, logLevel: kafkajs.logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: run });
  await consumer.connect();
  await consumer.subscribe({ topics: [...eventTopics], fromBeginning: true });
  let records = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  await consumer.run({
    eachBatch: async ({ batch }) => {
      records += batch.messages.length;
      if (records >= events) resolve();
    },
  });
  return {
    done: promise,
    records: () => records,
    end: async () => {
      await consumer.disconnect();
    },
  };
};

serveArm(start);
