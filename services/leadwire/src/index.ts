export * from "./demo/index.ts";
export type { LocalEngine } from "./engine/local-engine.ts";
export { openEngine } from "./engine/open-engine.ts";
