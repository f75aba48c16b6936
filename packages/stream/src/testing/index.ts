export * from "./account-log.ts";
export * from "./driver.ts";
export * from "./sample-events.ts";
export * from "./told-records.ts";
export * from "./told-slices.ts";
