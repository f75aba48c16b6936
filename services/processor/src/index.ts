export { type Processor, type ProcessorOptions, startProcessor } from "./processor.ts";
