export { alertsStartMs, sampleClaim, sampleTransition } from "./sample-alerts.ts";
export * from "./sample-fact.ts";
export * from "./temporary-store.ts";
