export { createSink } from "./sink.ts";
export type { Sink, SinkOptions } from "./sink-options.ts";
export type { SinkCounts, SinkStatus } from "./sink-status.ts";
