import type { NotificationMessage, ToldAlert } from "@leadwire/alerts";
import { type ChannelDeps, defaultSendLimits } from "../channels/channel-deps.ts";

/** An alert as receivers are told of it, with what a test cares about. */
export const toldAlert = (changes: Partial<ToldAlert> = {}): ToldAlert => ({
  rule: "win-rate-low",
  rule_set: "sales",
  rule_version: "v1",
  fingerprint: "f00dcafe",
  severity: "warning",
  status: "firing",
  step: 0,
  cause: "data",
  labels: { team: "north" },
  summary: "north wins 21.4 % of its deals",
  value: 0.214,
  numerator: 3,
  denominator: 14,
  threshold: 0.25,
  unit: "ratio",
  started_at: "2026-03-02T09:00:00.000Z",
  at: "2026-03-02T09:30:00.000Z",
  events: [],
  explain: "npx leadwire explain win_rate --window 30d --where team=north",
  ...changes,
});

export const toldMessage = (changes: Partial<NotificationMessage> = {}): NotificationMessage => ({
  key: "n-0001",
  receiver: "ops",
  kind: "changed",
  status: "firing",
  group: { rule: "win-rate-low" },
  transitions: ["t-1"],
  alerts: [toldAlert()],
  planned_at: "2026-03-02T09:30:00.000Z",
  ...changes,
});

/** A world in which nothing exists but what a test adds. */
export const channelDeps = (changes: Partial<ChannelDeps> = {}): ChannelDeps => ({
  readSecret: () => ({ _tag: "Left", left: "There is no secret." }),
  lookup: async (host) => Promise.reject(Object.assign(new Error(host), { code: "ENOTFOUND" })),
  nowMs: () => Date.parse("2026-03-02T09:30:00.000Z"),
  allowPrivate: [],
  limits: defaultSendLimits,
  style: { zone: "Europe/Bucharest", currency: "EUR" },
  firingLastsMs: 86_400_000,
  ...changes,
});
