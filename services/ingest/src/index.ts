export * from "./http/index.ts";
export * from "./import/index.ts";
