export * from "./http/index.ts";
export * from "./import/index.ts";
export * from "./lead-keys/index.ts";
