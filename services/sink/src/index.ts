export { createSink, type Sink, type SinkCounts, type SinkOptions } from "./sink.ts";
