import type { Channel, NotificationConfig, Receiver, Route } from "@leadwire/alerts";
import { type Either, isLeft, isRight, left, right } from "fp-ts/lib/Either.js";
import { type AllowedPrivate, parseAllowPrivate } from "./address-guard.ts";
import { openAlertmanagerChannel } from "./alertmanager-channel.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import { openEmailChannel } from "./email-channel.ts";
import { openSlackChannel } from "./slack-channel.ts";
import { openWebhookChannel } from "./webhook-channel.ts";

const openAllowed = (receiver: Receiver, allowed: AllowedPrivate, deps: ChannelDeps): Either<string, Channel> => {
  switch (receiver._tag) {
    case "Webhook":
      return openWebhookChannel(receiver, allowed, deps);
    case "Slack":
      return openSlackChannel(receiver, allowed, deps);
    case "Email":
      return openEmailChannel(receiver, allowed, deps);
    case "Alertmanager":
      return openAlertmanagerChannel(receiver, allowed, deps);
    case "Wallboard":
      // Boards follow leadwire.alerts themselves: what they show is there before anything is sent.
      return right({ send: async () => ({ _tag: "Delivered", detail: "Boards show it." }) });
  }
};

/** A receiver's way out. Left: what is missing or not allowed, and the fix; never any text of a secret. */
export const openChannel = (receiver: Receiver, deps: ChannelDeps): Either<string, Channel> => {
  const allowed = parseAllowPrivate(deps.allowPrivate);
  if (isLeft(allowed)) return allowed;
  const opened = openAllowed(receiver, allowed.right, deps);
  return isLeft(opened) ? left(`Receiver ${receiver.name}: ${opened.left}`) : opened;
};

const repeatMsMax = (route: Route): number => Math.max(route.repeatIntervalMs, ...route.routes.map(repeatMsMax));

const dayMs = 86_400_000;

/** Twice the longest repeat interval, and a day at least: by then an Alertmanager has been told again. */
const firingLastsMsOf = ({ route }: NotificationConfig): number => Math.max(dayMs, 2 * repeatMsMax(route));

/**
 * All receivers of the configuration, by name. One that cannot be used (its secret is missing) is told of once, and
 * opened anew whenever something is to be sent: a file may come.
 */
export const openChannels = (
  config: NotificationConfig,
  deps: Omit<ChannelDeps, "allowPrivate" | "firingLastsMs">,
  onFault: (text: string) => void,
): ReadonlyMap<string, Channel> => {
  const all = { ...deps, allowPrivate: config.allowPrivate, firingLastsMs: firingLastsMsOf(config) };
  const open = (receiver: Receiver): Channel => {
    const first = openChannel(receiver, all);
    if (isRight(first)) return first.right;
    onFault(first.left);
    let channel: Channel | undefined;
    const send: Channel["send"] = async (message, signal) => {
      if (channel === undefined) {
        const opened = openChannel(receiver, all);
        if (isLeft(opened)) return { _tag: "Retry", detail: opened.left };
        channel = opened.right;
      }
      return channel.send(message, signal);
    };
    return { send };
  };
  return new Map(config.receivers.map((receiver) => [receiver.name, open(receiver)]));
};
