export * from "./events.ts";
export * from "./numbered-registry.ts";
