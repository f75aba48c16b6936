import type { SecretRef } from "@leadwire/alerts";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { type AllowedPrivate, closedLiteral } from "./address-guard.ts";
import { type SecretReader, secretPlace } from "./secret-reader.ts";

/** Where something is posted. */
export interface Endpoint {
  readonly url: URL;
  /** Without brackets around IPv6. */
  readonly host: string;
  /** For texts: of an address that is a secret only where it stands. */
  readonly shown: string;
}

/** Reads and checks an address. Node's URL writes every number form of an IPv4 host (2130706433, 0x7f.1) as an address. */
const parseEndpoint = (text: string, shown: string | undefined): Either<string, Endpoint> => {
  // What cannot be read may still hold a password.
  const subject = shown ?? (text.includes("@") ? "The address" : `The address ${JSON.stringify(text)}`);
  if (!URL.canParse(text)) return left(`${subject} is none: expected https://HOST/PATH, without a user.`);
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    return left(
      `${shown ?? `The address of ${url.host}`} has a user or a password in it: expected none. An Alertmanager takes username: and password: beside url:.`,
    );
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return left(`${subject} does not begin with https:// or http://.`);
  url.hash = "";
  return right({ url, host: url.hostname.replace(/^\[|\]$/gu, ""), shown: shown ?? url.host });
};

/** The address as it is now: a secret one is read again each time. Left: why nothing can be sent there. */
export const readEndpoint = (
  place: string | SecretRef,
  readSecret: SecretReader,
  allowed: AllowedPrivate,
): Either<string, Endpoint> => {
  const isPlain = typeof place === "string";
  const text = isPlain ? right<string, string>(place) : readSecret(place);
  if (isLeft(text)) return text;
  const parsed = parseEndpoint(text.right, isPlain ? undefined : `The address in ${secretPlace(place)}`);
  if (isLeft(parsed)) return parsed;
  const closed = closedLiteral(parsed.right.host, allowed);
  return closed === undefined ? parsed : left(closed);
};
