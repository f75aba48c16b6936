export { createSink, type Sink, type SinkOptions } from "./sink.ts";
export type { SinkCounts, SinkStatus } from "./sink-status.ts";
