export * from "./fact.ts";
export * from "./workspace.ts";
