export type { GroupSettings } from "./group-member.ts";
export type { Interrupted, OnInterrupted } from "./interrupted.ts";
export * from "./kafka-log.ts";
export type { TopicState } from "./topic-admin.ts";
