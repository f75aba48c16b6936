import type { SendOutcome } from "@leadwire/alerts";
import type { HttpAnswer } from "./http-post.ts";

const wholeSeconds = /^\d{1,9}$/u;

/** `Retry-After` (RFC 9110): seconds or a date, bounded; undefined where it says nothing. */
const pauseMsOf = (header: string | undefined, nowMs: number, pauseMsMax: number): number | undefined => {
  if (header === undefined) return undefined;
  const text = header.trim();
  const ms = wholeSeconds.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), pauseMsMax);
};

const excerptLengthMax = 120;

/** The answer's first line for a person, where it is plain text in which none of the secrets stands. */
const excerptOf = (body: string, secrets: ReadonlyArray<string>): string => {
  const shown = body.trim();
  if (shown === "" || shown.length > excerptLengthMax || !/^[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(shown)) return "";
  if (secrets.some((secret) => secret !== "" && shown.includes(secret))) return "";
  return `: ${shown}`;
};

const isPassing = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;

/**
 * What an answer's status means. 2xx: delivered. 408, 425, 429 and 5xx pass, so it is tried again. Every other one would
 * be the same again, redirects included: they are never followed.
 */
export const outcomeOf = (
  { status, headers, body }: HttpAnswer,
  {
    shown,
    nowMs,
    pauseMsMax,
    secrets,
  }: {
    readonly shown: string;
    readonly nowMs: number;
    readonly pauseMsMax: number;
    /** What must not be repeated of an answer. */
    readonly secrets: ReadonlyArray<string>;
  },
): SendOutcome => {
  if (status >= 200 && status < 300) return { _tag: "Delivered", detail: `${shown} answered ${status}.` };
  const answered = `${shown} answered ${status}${excerptOf(body, secrets)}`;
  if (isPassing(status)) {
    const afterMs = pauseMsOf(headers["retry-after"], nowMs, pauseMsMax);
    return { _tag: "Retry", detail: `${answered}.`, ...(afterMs === undefined ? {} : { afterMs }) };
  }
  if (status >= 300 && status < 400)
    return { _tag: "Refused", detail: `${answered}, a redirect. Redirects are not followed: name the address itself.` };
  return { _tag: "Refused", detail: `${answered}.` };
};
