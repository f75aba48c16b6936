/** A single broker's settings beside its addresses: the same for the Maven broker and for one in a container. */
export const testSettings: Readonly<Record<string, string | number | boolean>> = {
  "auto.create.topics.enable": false,
  "default.replication.factor": 1,
  "min.insync.replicas": 1,
  "offsets.topic.replication.factor": 1,
  "offsets.topic.num.partitions": 4,
  "transaction.state.log.replication.factor": 1,
  "transaction.state.log.min.isr": 1,
  "share.coordinator.state.topic.replication.factor": 1,
  "share.coordinator.state.topic.min.isr": 1,
  "group.initial.rebalance.delay.ms": 0,
  "group.min.session.timeout.ms": 1_000,
  // A killed broker may register again as soon as its former session has ended.
  "broker.session.timeout.ms": 3_000,
  "broker.heartbeat.interval.ms": 500,
  "log.cleaner.dedupe.buffer.size": 16_777_216,
};
