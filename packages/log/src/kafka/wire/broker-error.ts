/** Kafka's error codes as far as we act on them. Source: https://kafka.apache.org/protocol#protocol_error_codes */
export const brokerError = {
  none: 0,
  offsetOutOfRange: 1,
  unknownTopicOrPartition: 3,
  duplicateSequence: 46,
  outOfOrderSequence: 45,
  unknownProducerId: 59,
  invalidProducerEpoch: 47,
} as const;

/** Codes that pass: a leader moves, a replica is late, a coordinator loads. Asking again, perhaps elsewhere, is right. */
const passing = new Map([
  [3, "UNKNOWN_TOPIC_OR_PARTITION"],
  [5, "LEADER_NOT_AVAILABLE"],
  [6, "NOT_LEADER_OR_FOLLOWER"],
  [7, "REQUEST_TIMED_OUT"],
  [8, "BROKER_NOT_AVAILABLE"],
  [9, "REPLICA_NOT_AVAILABLE"],
  [13, "NETWORK_EXCEPTION"],
  [14, "COORDINATOR_LOAD_IN_PROGRESS"],
  [15, "COORDINATOR_NOT_AVAILABLE"],
  [16, "NOT_COORDINATOR"],
  [19, "NOT_ENOUGH_REPLICAS"],
  [20, "NOT_ENOUGH_REPLICAS_AFTER_APPEND"],
  [41, "NOT_CONTROLLER"],
  [56, "KAFKA_STORAGE_ERROR"],
  [74, "FENCED_LEADER_EPOCH"],
  [75, "UNKNOWN_LEADER_EPOCH"],
  [78, "OFFSET_NOT_AVAILABLE"],
  [89, "THROTTLING_QUOTA_EXCEEDED"],
]);

const lasting = new Map([
  [1, "OFFSET_OUT_OF_RANGE"],
  [2, "CORRUPT_MESSAGE"],
  [10, "MESSAGE_TOO_LARGE: raise the topic's max.message.bytes, or send smaller records"],
  [17, "INVALID_TOPIC_EXCEPTION"],
  [18, "RECORD_LIST_TOO_LARGE: raise the topic's segment.bytes, or send smaller records"],
  [29, "TOPIC_AUTHORIZATION_FAILED: grant this user Read, Write and Describe on the topic"],
  [31, "CLUSTER_AUTHORIZATION_FAILED: grant this user IdempotentWrite on the cluster"],
  [32, "INVALID_TIMESTAMP"],
  [33, "UNSUPPORTED_SASL_MECHANISM"],
  [35, "UNSUPPORTED_VERSION: use Kafka 2.4 or later"],
  [43, "UNSUPPORTED_FOR_MESSAGE_FORMAT"],
  [44, "POLICY_VIOLATION"],
  [45, "OUT_OF_ORDER_SEQUENCE_NUMBER"],
  [46, "DUPLICATE_SEQUENCE_NUMBER"],
  [47, "INVALID_PRODUCER_EPOCH"],
  [58, "SASL_AUTHENTICATION_FAILED: check user name and password"],
  [59, "UNKNOWN_PRODUCER_ID"],
  [76, "UNSUPPORTED_COMPRESSION_TYPE"],
  [87, "INVALID_RECORD"],
]);

export const isPassing = (code: number): boolean => passing.has(code);

/** The code's name, with what to do about it where we know. */
export const brokerErrorText = (code: number): string => passing.get(code) ?? lasting.get(code) ?? `error code ${code}`;
