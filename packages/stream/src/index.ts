export * from "./core/index.ts";
export * from "./runtime/assignment.ts";
export * from "./runtime/lead-key-store.ts";
export * from "./runtime/runner.ts";
export * from "./runtime/state-store.ts";
