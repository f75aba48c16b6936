export * from "./driver.ts";
export * from "./sample-events.ts";
