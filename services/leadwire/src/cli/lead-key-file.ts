import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { ErasableKeys } from "../engine/lead-erasure.ts";
import { syncFolder } from "../engine/whole-file.ts";

/** A lead's key as it stands in the file, one JSON array per line; null: erased for good. */
type KeyLine = readonly [leadId: string, key: string | null];

/** The leads' keys in a file beside the log, never in it. */
export interface LeadKeyFile extends ErasableKeys {
  /** Makes a missing key at once; `flush` makes it durable. */
  readonly keyFor: (leadId: string) => Uint8Array | undefined;
  /** Makes the keys handed out so far durable: before anything sealed with them is appended. */
  readonly flush: () => void;
  readonly close: () => void;
}

const keyBytes = 32;

/** The lines that were written whole: a crash may cut the last one, whose key has sealed nothing yet. */
const readLines = (path: string): ReadonlyArray<KeyLine> => {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .flatMap((line) => (line === "" ? [] : [JSON.parse(line) as KeyLine]));
};

const lineText = (line: KeyLine): string => `${JSON.stringify(line)}\n`;

/**
 * Opens the keys of a data directory, readable by this user alone. Opening writes the file anew, so that an erased key's
 * former line is gone with it.
 */
export const openLeadKeys = (path: string): LeadKeyFile => {
  mkdirSync(dirname(path), { recursive: true });
  const keys = new Map<string, Buffer | null>(
    readLines(path).map(([leadId, key]) => [leadId, key === null ? null : Buffer.from(key, "base64")]),
  );
  let file = rewrite(path, keys);
  let unflushed = false;
  const flush = (): void => {
    if (unflushed) fsyncSync(file);
    unflushed = false;
  };
  const eraseAll = (leadIds: ReadonlyArray<string>): void => {
    const known = leadIds.filter((leadId) => keys.get(leadId) !== null);
    if (known.length === 0) return;
    for (const leadId of known) keys.set(leadId, null);
    closeSync(file);
    file = rewrite(path, keys);
    unflushed = false;
  };
  const keyFor = (leadId: string): Buffer | undefined => {
    const known = keys.get(leadId);
    if (known !== undefined) return known ?? undefined;
    const key = randomBytes(keyBytes);
    writeSync(file, lineText([leadId, key.toString("base64")]));
    keys.set(leadId, key);
    unflushed = true;
    return key;
  };
  return {
    keyFor,
    prepare: async (leadIds) => {
      for (const leadId of leadIds) keyFor(leadId);
      flush();
    },
    eraseAll,
    flush,
    close: () => {
      flush();
      closeSync(file);
    },
  };
};

/** Writes all keys beside the file, durable, then puts them in its place; answers the open file. */
const rewrite = (path: string, keys: ReadonlyMap<string, Buffer | null>): number => {
  const next = `${path}.next`;
  const file = openSync(next, "w", 0o600);
  for (const [leadId, key] of keys) writeSync(file, lineText([leadId, key?.toString("base64") ?? null]));
  fsyncSync(file);
  renameSync(next, path);
  syncFolder(dirname(path));
  return file;
};
