export * from "./alert/observation.ts";
export * from "./notify/message.ts";
export * from "./notify/notification-config.ts";
export * from "./rule/rule.ts";
