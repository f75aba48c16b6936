export * from "./no-readers.ts";
export * from "./sample-fact.ts";
export * from "./temporary-store.ts";
export * from "./watched-store.ts";
