import { gcmsiv } from "@noble/ciphers/aes.js";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import type { Contact } from "../json-form.ts";

/**
 * A lead's personal data, sealed with the lead's own key: whoever erases the key erases the person, also from a log
 * that is kept for ever. AES-256-GCM-SIV (RFC 8452) with a fixed nonce is deterministic: the same contact under the
 * same key gives the same bytes, so that a repeated event stays a duplicate. The only thing a repetition tells is that
 * it is one. The lead's id is authenticated with it: a sealed contact cannot be moved to another lead.
 */

export interface UnsealFault {
  readonly _tag: "unsealable";
  readonly detail: string;
}

const nonce = new Uint8Array(12);
/** In front of the sealed bytes, so that another cipher can follow. */
const sealVersion = 1;
const names = ["name", "email", "phone", "company"] as const;
/** Texts are padded to whole blocks of this size, so that lengths tell little. */
const padBytes = 64;

/** The same contact, key and lead give the same bytes. `key`: 32 bytes, the lead's own. */
export const seal = (contact: Contact, key: Uint8Array, leadId: string): Uint8Array => {
  // Fields in a fixed order: the order in which a producer wrote them must not matter.
  const text = Buffer.from(JSON.stringify(names.map((name) => contact[name] ?? null)));
  const padded = Buffer.alloc(Math.ceil(text.length / padBytes) * padBytes, " ");
  text.copy(padded);
  const sealed = gcmsiv(key, nonce, Buffer.from(leadId)).encrypt(padded);
  return Buffer.concat([Buffer.from([sealVersion]), sealed]);
};

/** Left where the key or the lead is another one, or the bytes were changed. */
export const unseal = (sealed: Uint8Array, key: Uint8Array, leadId: string): Either<UnsealFault, Contact> => {
  if (sealed[0] !== sealVersion) return left({ _tag: "unsealable", detail: "the seal's version is unknown" });
  const text = open(sealed.subarray(1), key, leadId);
  if (text === undefined)
    return left({ _tag: "unsealable", detail: "the key is another one, or the bytes were changed or moved" });
  const values: unknown = JSON.parse(text);
  if (!Array.isArray(values)) return left({ _tag: "unsealable", detail: "the sealed text is not a contact" });
  const entries = names.flatMap((name, index) => (typeof values[index] === "string" ? [[name, values[index]]] : []));
  return right(Object.fromEntries(entries));
};

const open = (sealed: Uint8Array, key: Uint8Array, leadId: string): string | undefined => {
  try {
    return Buffer.from(gcmsiv(key, nonce, Buffer.from(leadId)).decrypt(sealed)).toString();
  } catch {
    // The cipher throws when the tag does not match.
    return undefined;
  }
};
