import type { NotificationConfig, Route } from "./notification-config.ts";

const minuteMs = 60_000;
const wallboard = "wallboard";

/** What a route has that no line states: each rule's alerts together, told at once, again after four hours. */
export const defaultRoute: Route = {
  path: "0",
  matchers: [],
  receivers: [wallboard],
  groupBy: ["rule"],
  groupWaitMs: 0,
  groupIntervalMs: 5 * minuteMs,
  repeatIntervalMs: 240 * minuteMs,
  quietHours: [],
  sendResolved: true,
  goOn: false,
  routes: [],
};

/** Without any line about receivers, alerts are shown on the wallboard, and nothing leaves the process. */
export const defaultNotifications: NotificationConfig = {
  receivers: [{ _tag: "Wallboard", name: wallboard }],
  route: defaultRoute,
  inhibitions: [],
  allowPrivate: [],
};
