export { createProcessor, type Processor, type ProcessorOptions } from "./processor.ts";
export { quietCollector } from "./quiet-collector.ts";
