import { createHash, timingSafeEqual } from "node:crypto";

/** `lwt_`, the token's id, and 32 random bytes: the id says which hash to compare with, and is no secret. */
const form = /^lwt_(?<id>[0-9a-f]{8})_[\w-]{43}$/u;

const idBytes = 4;
const secretBytes = 32;

export interface NewToken {
  readonly id: string;
  /** Shown once and written nowhere. */
  readonly token: string;
  readonly sha256: string;
}

const digestOf = (token: string): Buffer => createHash("sha256").update(token).digest();

export const newToken = (randomHex: (bytes: number) => string): NewToken => {
  const id = randomHex(idBytes);
  const token = `lwt_${id}_${Buffer.from(randomHex(secretBytes), "hex").toString("base64url")}`;
  return { id: `t-${id}`, token, sha256: digestOf(token).toString("hex") };
};

/** The id that a token names; undefined where the text is none. */
export const idOfToken = (token: string): string | undefined => {
  const id = form.exec(token)?.groups?.id;
  return id === undefined ? undefined : `t-${id}`;
};

/** Whether a token is the one of a hash; how long that takes tells nothing of the hash. */
export const isTokenOf = (token: string, sha256: string): boolean => {
  const kept = Buffer.from(sha256, "hex");
  const shown = digestOf(token);
  return kept.length === shown.length && timingSafeEqual(kept, shown);
};
