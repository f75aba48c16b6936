export * from "./events.ts";
export * from "./numbered-registry.ts";
export * from "./sample-alerts.ts";
