import { mkdirSync } from "node:fs";
import { findOwner, type Owner, releaseOwnership, takeOwnership } from "../engine/owner-file.ts";
import { type CliContext, CommandFault } from "./context.ts";

export interface OwnedFolder {
  /** Absolute. */
  readonly dataDir: string;
  /** As the command line names it. */
  readonly shown: string;
}

/** Does something while no other process may use a data directory; throws CommandFault where one does. */
export const holding = async <A>(
  context: CliContext,
  { dataDir, shown }: OwnedFolder,
  work: (owner: Owner) => Promise<A>,
): Promise<A> => {
  mkdirSync(dataDir, { recursive: true });
  const owner: Owner = { pid: context.pid, url: null, token: context.randomHex(24) };
  if (!takeOwnership(dataDir, owner)) {
    const pid = findOwner(dataDir)?.pid;
    const who = pid === undefined ? "another process" : `process ${pid}`;
    throw new CommandFault(`${shown} belongs to ${who}, which runs. Give each its own folder with --data-dir.`);
  }
  try {
    return await work(owner);
  } finally {
    releaseOwnership(dataDir, owner.pid);
  }
};
