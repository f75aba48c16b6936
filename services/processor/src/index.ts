export { createProcessor, type Processor, type ProcessorOptions } from "./processor.ts";
