export * from "./core/index.ts";
export * from "./driver/index.ts";
export { LiveChange } from "./runtime/live-change.ts";
export type { EngineLag, Freshness, FreshnessState } from "./runtime/live-freshness.ts";
export {
  LiveOpenSet,
  type LiveOpenSetOptions,
  type LoadedOpenSet,
  type OpenSetListener,
} from "./runtime/live-open-set.ts";
export { LiveQuarantine, type LiveQuarantineOptions } from "./runtime/live-quarantine.ts";
export type { LiveAnswer, LiveMeta, NotServed } from "./runtime/live-question.ts";
export { LiveState, type LiveStateOptions } from "./runtime/live-state.ts";
export * from "./runtime/live-view.ts";
export type { Anchor, OpenDeal, WaitingLead } from "./runtime/open-set/open-entities.ts";
export type { OpenSetChange, OpenSetTouched } from "./runtime/open-set/open-set-state.ts";
export type { SourceHeard } from "./runtime/open-set/source-silence.ts";
export type { RunnerProgress, TaskProgress } from "./runtime/progress.ts";
export { type RestateAsker, requestRestate } from "./runtime/request-restate.ts";
export * from "./runtime/runner.ts";
export { StateSnapshots, type StateSnapshotsOptions } from "./runtime/state-snapshots.ts";
export { StateStore } from "./runtime/state-store.ts";
export type { StateSource, TaskSettings } from "./runtime/task-loader.ts";
export { taskName } from "./runtime/task-name.ts";
export type { TaskSnapshots } from "./runtime/task-snapshots.ts";
export type { CommittedState, TaskStore } from "./runtime/task-store.ts";
export { TopicFollower, type TopicFollowerOptions } from "./runtime/topic-follower.ts";
