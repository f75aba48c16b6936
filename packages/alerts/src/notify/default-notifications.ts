import type { NotificationConfig, Receiver, Route } from "./notification-config.ts";

const minuteMs = 60_000;

/** A receiver that is there also where no file names it. */
const wallboard: Receiver = { _tag: "Wallboard", name: "wallboard" };

/** What a route has that no line states: each rule's alerts together, told at once, again after four hours. */
export const defaultRoute: Route = {
  path: "0",
  matchers: [],
  receivers: [wallboard.name],
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
  receivers: [wallboard],
  route: defaultRoute,
  inhibitions: [],
  allowPrivate: [],
};

/** Names of receivers, and the wallboard's. */
export const withWallboard = (names: ReadonlyArray<string>): ReadonlyArray<string> =>
  names.includes(wallboard.name) ? names : [...names, wallboard.name];

/** What files say of notifications, and the defaults of what they do not. */
export const completed = (stated: Partial<NotificationConfig>): NotificationConfig => {
  const { route, inhibitions, allowPrivate } = { ...defaultNotifications, ...stated };
  const receivers = stated.receivers ?? [];
  const isNamed = receivers.some(({ name }) => name === wallboard.name);
  const url = stated.externalUrl === undefined ? {} : { externalUrl: stated.externalUrl };
  return { receivers: isNamed ? receivers : [...receivers, wallboard], route, inhibitions, allowPrivate, ...url };
};
