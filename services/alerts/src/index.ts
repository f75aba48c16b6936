export * from "./alert-numbers.ts";
export * from "./alert-service.ts";
export type { AlertStats } from "./alert-stats.ts";
export { type HostLookup, systemLookup } from "./channels/address-guard.ts";
export { defaultSendLimits, type SendLimits, type TextStyle } from "./channels/channel-deps.ts";
export { type SecretReader, secretReader } from "./channels/secret-reader.ts";
export { type DeliveryPolicy, defaultDeliveryPolicy } from "./delivery/delivery-policy.ts";
export * from "./live-numbers.ts";
