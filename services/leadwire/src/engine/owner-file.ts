import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Who owns a data directory: one process at a time. */
export interface Owner {
  readonly pid: number;
  /** When the process began, as the system counts it: a later one may get the same pid. Absent where nobody says. */
  readonly started?: string;
  /** Where it serves; null while it starts. */
  readonly url: string | null;
  /** What a command of the same user shows to be let in; the file is readable by that user alone. */
  readonly token: string;
  /** `embedded` where its log is in the directory; absent where it is elsewhere. */
  readonly log?: "embedded";
}

const ownerPath = (dataDir: string): string => join(dataDir, "owner.json");

/** When a process began, in ticks since the machine did, from /proc; undefined where there is none. */
const startOf = (pid: number): string | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold blanks; the start is the 20th field after it.
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
};

const isAlive = ({ pid, started }: Owner): boolean => {
  try {
    process.kill(pid, 0);
    return started === undefined || started === (startOf(pid) ?? started);
  } catch (fault) {
    return fault instanceof Error && "code" in fault && fault.code === "EPERM";
  }
};

const read = (path: string): Owner | undefined => {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Owner;
  } catch {
    return undefined;
  }
};

/** The living owner of a data directory; undefined where there is none. */
export const findOwner = (dataDir: string): Owner | undefined => {
  const owner = read(ownerPath(dataDir));
  return owner !== undefined && isAlive(owner) ? owner : undefined;
};

const ownerText = (owner: Owner): string => JSON.stringify({ ...owner, started: startOf(owner.pid) });

/** Takes a data directory for this process; false when another living process has it. Whole files only, by link. */
export const takeOwnership = (dataDir: string, owner: Owner): boolean => {
  const path = ownerPath(dataDir);
  const own = `${path}.${owner.pid}`;
  writeFileSync(own, ownerText(owner), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        linkSync(own, path);
        return true;
      } catch {
        if (findOwner(dataDir) !== undefined) return false;
        setAside(path, owner.pid);
      }
    }
    return false;
  } finally {
    rmSync(own, { force: true });
  }
};

/** Moves a dead owner's file away; whoever comes second finds nothing to move. */
const setAside = (path: string, pid: number): void => {
  const aside = `${path}.stale.${pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  rmSync(aside, { force: true });
};

/** Tells the address, once this process serves. */
export const announce = (dataDir: string, owner: Owner): void => {
  const path = ownerPath(dataDir);
  const next = `${path}.${owner.pid}`;
  writeFileSync(next, ownerText(owner), { mode: 0o600 });
  renameSync(next, path);
};

export const releaseOwnership = (dataDir: string, pid: number): void => {
  const path = ownerPath(dataDir);
  if (read(path)?.pid === pid) rmSync(path, { force: true });
};
