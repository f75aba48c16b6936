import type { Channel, Receiver, SendOutcome } from "@leadwire/alerts";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { AllowedPrivate } from "./address-guard.ts";
import { alertmanagerAlerts, fingerprintLabel, type PostedAlert } from "./alertmanager-alerts.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import { type Endpoint, readEndpoint } from "./endpoint.ts";
import { outcomeOf } from "./http-outcome.ts";
import { askHttp, type HttpAnswer } from "./http-post.ts";

type AlertmanagerReceiver = Extract<Receiver, { readonly _tag: "Alertmanager" }>;

interface Target {
  readonly endpoint: Endpoint;
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: ReadonlyArray<string>;
}

const readTarget = (
  { url, username, password }: AlertmanagerReceiver,
  allowed: AllowedPrivate,
  { readSecret }: ChannelDeps,
): Either<string, Target> => {
  const endpoint = readEndpoint(url, readSecret, allowed);
  if (isLeft(endpoint)) return endpoint;
  const headers = { "content-type": "application/json", "user-agent": "leadwire" };
  if (username === undefined || password === undefined)
    return right({ endpoint: endpoint.right, headers, secrets: [] });
  const secret = readSecret(password);
  if (isLeft(secret)) return secret;
  const basic = Buffer.from(`${username}:${secret.right}`).toString("base64");
  return right({
    endpoint: endpoint.right,
    headers: { ...headers, authorization: `Basic ${basic}` },
    secrets: [secret.right, basic],
  });
};

/** `http://am.internal:9093/` or `…/alertmanager` (its route prefix) to the address of the alerts. */
const alertsUrl = ({ url, ...rest }: Endpoint, search: string): Endpoint => {
  const found = new URL(url);
  found.pathname = `${url.pathname.replace(/\/+$/u, "")}/api/v2/alerts`;
  found.search = search;
  return { ...rest, url: found };
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const labelsIn = (value: unknown): Readonly<Record<string, string>> | undefined => {
  if (!isRecord(value) || !isRecord(value.labels)) return undefined;
  const entries = Object.entries(value.labels).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
};

const labelKey = (labels: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * What the Alertmanager still holds of our alerts under labels that they no longer have, ended as of now. To an
 * Alertmanager other labels (a step of escalation, a new owner) are another alert.
 */
const outdatedOf = (
  body: string,
  posted: ReadonlyArray<PostedAlert>,
  endsAt: string,
): Either<string, ReadonlyArray<PostedAlert>> => {
  let held: unknown;
  try {
    held = JSON.parse(body);
  } catch {
    return left("its list of alerts is no JSON, or too long");
  }
  if (!Array.isArray(held)) return left("its list of alerts is none");
  const current = new Map(posted.map((alert) => [alert.labels[fingerprintLabel], alert]));
  const outdated = held.flatMap((each: unknown): ReadonlyArray<PostedAlert> => {
    const labels = labelsIn(each);
    const by = current.get(labels?.[fingerprintLabel]);
    if (labels === undefined || by === undefined || labelKey(labels) === labelKey(by.labels)) return [];
    return [{ ...by, labels, endsAt }];
  });
  return right(outdated);
};

/** So many alerts are asked for at once that the answer stays within what is read of it. */
const askedAtOnce = 10;

/** Posts alerts to an Alertmanager's v2 API. Telling it the same twice changes nothing there. */
export const openAlertmanagerChannel = (
  receiver: AlertmanagerReceiver,
  allowed: AllowedPrivate,
  deps: ChannelDeps,
): Either<string, Channel> => {
  const first = readTarget(receiver, allowed, deps);
  if (isLeft(first)) return first;

  const outcome = (answer: HttpAnswer, { endpoint, secrets }: Target): SendOutcome => {
    const { pauseMsMax } = deps.limits;
    return outcomeOf(answer, { shown: endpoint.shown, nowMs: deps.nowMs(), pauseMsMax, secrets });
  };

  const outdated = async (
    posted: ReadonlyArray<PostedAlert>,
    target: Target,
    signal: AbortSignal,
  ): Promise<Either<SendOutcome, ReadonlyArray<PostedAlert>>> => {
    const found: PostedAlert[] = [];
    for (let from = 0; from < posted.length; from += askedAtOnce) {
      const some = posted.slice(from, from + askedAtOnce);
      const prints = some
        .map(({ labels }) => labels[fingerprintLabel] ?? "")
        .map((print) => print.replace(/\W/gu, "."));
      const search = `?filter=${encodeURIComponent(`${fingerprintLabel}=~"${prints.join("|")}"`)}`;
      const endpoint = alertsUrl(target.endpoint, search);
      const answer = await askHttp({ method: "GET", endpoint, headers: target.headers }, allowed, signal, deps);
      if (isLeft(answer)) return answer;
      if (answer.right.status !== 200) return left(outcome(answer.right, target));
      const old = outdatedOf(answer.right.body, some, new Date(deps.nowMs()).toISOString());
      if (isLeft(old)) return left({ _tag: "Retry", detail: `${target.endpoint.shown}: ${old.left}.` });
      found.push(...old.right);
    }
    return right(found);
  };

  const send: Channel["send"] = async (message, signal) => {
    const read = readTarget(receiver, allowed, deps);
    if (isLeft(read)) return { _tag: "Retry", detail: read.left };
    const target = read.right;
    const posted = alertmanagerAlerts(message, deps.nowMs(), deps.firingLastsMs, deps.style);
    const old = await outdated(posted, target, signal);
    if (isLeft(old)) return old.left;
    const body = JSON.stringify([...old.right, ...posted]);
    const request = {
      method: "POST",
      endpoint: alertsUrl(target.endpoint, ""),
      headers: target.headers,
      body,
    } as const;
    const answer = await askHttp(request, allowed, signal, deps);
    return isLeft(answer) ? answer.left : outcome(answer.right, target);
  };
  return right({ send });
};
