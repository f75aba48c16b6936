import type { Channel, NotificationMessage, Receiver, SecretRef } from "@leadwire/alerts";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { Webhook } from "standardwebhooks";
import type { AllowedPrivate } from "./address-guard.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import { type Endpoint, readEndpoint } from "./endpoint.ts";
import { outcomeOf } from "./http-outcome.ts";
import { askHttp } from "./http-post.ts";
import { secretParts } from "./secret-parts.ts";
import { secretPlace } from "./secret-reader.ts";

type WebhookReceiver = Extract<Receiver, { readonly _tag: "Webhook" }>;

const prefix = "whsec_";
const base64 = /^[A-Za-z0-9+/]+={0,2}$/u;

const isSecret = (text: string): boolean => {
  if (!text.startsWith(prefix) || !base64.test(text.slice(prefix.length))) return false;
  const { length } = Buffer.from(text.slice(prefix.length), "base64");
  return length >= 24 && length <= 64;
};

/** One secret, or several with spaces between while receivers change over: a message is signed with each. */
const signersOf = (text: string, ref: SecretRef): Either<string, ReadonlyArray<Webhook>> => {
  const secrets = text.split(/\s+/u);
  if (secrets.every(isSecret)) return right(secrets.map((secret) => new Webhook(secret)));
  return left(
    `What stands in ${secretPlace(ref)} is no secret of Standard Webhooks: expected whsec_ and 24 to 64 bytes in base64. This makes one: echo "whsec_$(openssl rand -base64 32)"`,
  );
};

interface Target {
  readonly endpoint: Endpoint;
  readonly signers: ReadonlyArray<Webhook>;
  readonly secrets: ReadonlyArray<string>;
}

const readTarget = (receiver: WebhookReceiver, allowed: AllowedPrivate, deps: ChannelDeps): Either<string, Target> => {
  const endpoint = readEndpoint(receiver.url, deps.readSecret, allowed);
  if (isLeft(endpoint)) return endpoint;
  const secret = deps.readSecret(receiver.secret);
  if (isLeft(secret)) return secret;
  const signers = signersOf(secret.right, receiver.secret);
  if (isLeft(signers)) return signers;
  const secrets = [...secret.right.split(/\s+/u), ...secretParts(endpoint.right)];
  return right({ endpoint: endpoint.right, signers: signers.right, secrets });
};

/** Standard Webhooks: the key is the message's id, so that a receiver knows a repetition; the signature is of now. */
const headersOf = (
  message: NotificationMessage,
  body: string,
  signers: ReadonlyArray<Webhook>,
  nowMs: number,
): Readonly<Record<string, string>> => {
  const seconds = Math.floor(nowMs / 1000);
  return {
    "content-type": "application/json; charset=utf-8",
    "user-agent": "leadwire",
    "webhook-id": message.key,
    "webhook-timestamp": String(seconds),
    "webhook-signature": signers.map((signer) => signer.sign(message.key, new Date(seconds * 1000), body)).join(" "),
  };
};

/** Posts the message as JSON, signed. Address and secret are read anew for every message. */
export const openWebhookChannel = (
  receiver: WebhookReceiver,
  allowed: AllowedPrivate,
  deps: ChannelDeps,
): Either<string, Channel> => {
  const first = readTarget(receiver, allowed, deps);
  if (isLeft(first)) return first;
  const send: Channel["send"] = async (message, signal) => {
    const target = readTarget(receiver, allowed, deps);
    if (isLeft(target)) return { _tag: "Retry", detail: target.left };
    const { endpoint, signers, secrets } = target.right;
    const body = JSON.stringify(message);
    const headers = headersOf(message, body, signers, deps.nowMs());
    const answer = await askHttp({ method: "POST", endpoint, headers, body }, allowed, signal, deps);
    if (isLeft(answer)) return answer.left;
    const { pauseMsMax } = deps.limits;
    return outcomeOf(answer.right, { shown: endpoint.shown, nowMs: deps.nowMs(), pauseMsMax, secrets });
  };
  return right({ send });
};
