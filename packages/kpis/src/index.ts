export * from "./measure.ts";
export * from "./slice.ts";
