export { demoAlertsFolder } from "./demo-alerts.ts";
export { type DemoEvent, type DemoPlan, demoFeed, demoHistory } from "./demo-feed.ts";
export { demoWorkspaceYaml } from "./demo-workspace.ts";
