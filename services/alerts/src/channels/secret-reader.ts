import { readFileSync, statSync } from "node:fs";
import type { SecretRef } from "@leadwire/alerts";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";

/** Finds a secret. Left: what is missing and where it was looked for, never any of its text. */
export type SecretReader = (ref: SecretRef) => Either<string, string>;

const bytesMax = 65_536;

export const secretPlace = (ref: SecretRef): string =>
  ref._tag === "Environment" ? `the environment variable ${ref.name}` : `the file ${ref.path}`;

const textOfFile = (path: string): Either<string, string> => {
  try {
    if (statSync(path).size > bytesMax) return left(`The file ${path} is over 64 kB: expected a secret alone.`);
    return right(readFileSync(path, "utf8"));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return left(`The file ${path} cannot be read (${code}): expected a secret in it.`);
  }
};

/** Files are read each time, so that a secret that was changed counts from the next message on. Edges are trimmed. */
export const secretReader =
  (environment: Readonly<Record<string, string | undefined>>): SecretReader =>
  (ref) => {
    const found = ref._tag === "File" ? textOfFile(ref.path) : right<string, string>(environment[ref.name] ?? "");
    if (isLeft(found)) return found;
    const secret = found.right.trim();
    return secret === "" ? left(`There is nothing in ${secretPlace(ref)}: expected a secret.`) : right(secret);
  };
