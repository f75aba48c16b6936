import type { Anchor } from "./open-entities.ts";

const unknown = -1;

/** When leads were created and how that came to be known, by their slots: numbers alone, since there may be a million. */
export class LeadCreations {
  private readonly versions: Array<number> = [];
  private readonly atMs: Array<number> = [];
  private readonly appendedMs: Array<number> = [];
  private readonly backfills: Array<boolean> = [];

  /** Undefined where it is not known. */
  of(slot: number): Anchor | undefined {
    if ((this.versions[slot] ?? unknown) === unknown) return undefined;
    return {
      atMs: this.atMs[slot] as number,
      appendTimeMs: this.appendedMs[slot] as number,
      isBackfill: this.backfills[slot] as boolean,
    };
  }

  /** Keeps the highest version. */
  put(slot: number, version: number, { atMs, appendTimeMs, isBackfill }: Anchor): void {
    if (version <= (this.versions[slot] ?? unknown)) return;
    this.versions[slot] = version;
    this.atMs[slot] = atMs;
    this.appendedMs[slot] = appendTimeMs;
    this.backfills[slot] = isBackfill;
  }

  forget(slot: number): void {
    this.versions[slot] = unknown;
  }
}
