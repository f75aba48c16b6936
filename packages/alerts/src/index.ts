export * from "./alert-file/alert-fault.ts";
export * from "./alert-file/parse-alert-files.ts";
export * from "./alert/observation.ts";
export * from "./notify/default-notifications.ts";
export * from "./notify/message.ts";
export * from "./notify/notification-config.ts";
export * from "./rule/rule.ts";
