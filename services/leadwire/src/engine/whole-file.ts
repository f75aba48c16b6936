import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** Makes a rename within a folder survive a power cut. */
export const syncFolder = (folder: string): void => {
  const open = openSync(folder, "r");
  fsyncSync(open);
  closeSync(open);
};

/** Writes a whole file or nothing of it, durable, readable by this user alone. */
export const writeWhole = (path: string, text: string): void => {
  const next = `${path}.next`;
  const file = openSync(next, "w", 0o600);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(next, path);
  syncFolder(dirname(path));
};
