import type { Channel, Receiver } from "@leadwire/alerts";
import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import type { AllowedPrivate } from "./address-guard.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import { readEndpoint } from "./endpoint.ts";
import { outcomeOf } from "./http-outcome.ts";
import { askHttp } from "./http-post.ts";
import { secretParts } from "./secret-parts.ts";
import { slackMessage } from "./slack-message.ts";

/** Posts to an incoming webhook of Slack, or of what speaks like it. Its address is its secret: no text shows it. */
export const openSlackChannel = (
  receiver: Extract<Receiver, { readonly _tag: "Slack" }>,
  allowed: AllowedPrivate,
  deps: ChannelDeps,
): Either<string, Channel> => {
  const first = readEndpoint(receiver.url, deps.readSecret, allowed);
  if (isLeft(first)) return first;
  const send: Channel["send"] = async (message, signal) => {
    const read = readEndpoint(receiver.url, deps.readSecret, allowed);
    if (isLeft(read)) return { _tag: "Retry", detail: read.left };
    const endpoint = read.right;
    const headers = { "content-type": "application/json; charset=utf-8", "user-agent": "leadwire" };
    const body = JSON.stringify(slackMessage(message, deps.style));
    const answer = await askHttp({ method: "POST", endpoint, headers, body }, allowed, signal, deps);
    if (isLeft(answer)) return answer.left;
    const { pauseMsMax } = deps.limits;
    const secrets = secretParts(endpoint);
    return outcomeOf(answer.right, { shown: endpoint.shown, nowMs: deps.nowMs(), pauseMsMax, secrets });
  };
  return right({ send });
};
