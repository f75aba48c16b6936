export * from "./event.ts";
export * from "./topic.ts";
