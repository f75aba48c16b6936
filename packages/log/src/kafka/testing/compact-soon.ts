import kafkajs from "kafkajs";

/**
 * Makes the broker compact a topic within seconds of a write, all but its newest records. For a broker of one's own: its
 * own settings are changed too.
 */
export const compactSoon = async (bootstrap: string, topic: string): Promise<void> => {
  const admin = new kafkajs.Kafka({ brokers: [bootstrap], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  const entries = (settings: Record<string, string>) =>
    Object.entries(settings).map(([name, value]) => ({ name, value }));
  const { brokers } = await admin.describeCluster();
  await admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name: topic,
        configEntries: entries({
          "cleanup.policy": "compact",
          "message.timestamp.type": "LogAppendTime",
          "compression.type": "uncompressed",
          "segment.ms": "100",
          "max.compaction.lag.ms": "100",
          "min.cleanable.dirty.ratio": "0.001",
        }),
      },
      ...brokers.map(({ nodeId }) => ({
        type: kafkajs.ConfigResourceTypes.BROKER,
        name: String(nodeId),
        configEntries: entries({ "log.cleaner.backoff.ms": "200" }),
      })),
    ],
  });
  await admin.disconnect();
};
