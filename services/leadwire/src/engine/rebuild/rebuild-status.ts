import type { Workspace } from "@leadwire/funnel";
import type { RebuildDifferences } from "./rebuild-differences.ts";

/** What a new generation is built for: to serve, to be compared with the one that serves, or to go back to the former. */
export type RebuildPurpose = "swap" | "compare" | "back";

export type RebuildPhase = "idle" | "building" | "comparing" | "swapping" | "done" | "failed" | "stopped";

export const noFormer =
  "There is no former generation to go back to: it is there after a rebuild, and kept until the next one.";

/** How far a rebuild is. */
export interface RebuildStatus {
  readonly phase: RebuildPhase;
  readonly purpose?: RebuildPurpose;
  /** The one being built; the one that serves after a swap. */
  readonly generation?: string;
  /** The one that served when it began. */
  readonly former?: string;
  /** In the log. */
  readonly events: number;
  /** How much of them the new generation has folded and stored, 0 to 1. */
  readonly done: number;
  /** Why it failed, or what is to be known of how it ended. */
  readonly detail?: string;
  /** Of a comparison that is done. */
  readonly differences?: RebuildDifferences;
}

export interface RebuildRequest {
  readonly purpose: RebuildPurpose;
  /** As the workspace file says now; what it says of a way back counts for nothing. */
  readonly workspace: Workspace;
  /** The hash of what the one who asks would fold with; undefined for a way back. */
  readonly hash?: string;
}

/** Builds generations beside the one that serves. */
export interface Rebuilds {
  /** Begins, or joins what is under way for the same end. The answer's phase is `failed` where it cannot. */
  readonly start: (request: RebuildRequest) => Promise<RebuildStatus>;
  readonly status: () => Promise<RebuildStatus>;
  /** Ends it and deletes what was built; resolves once that is so. */
  readonly stop: () => Promise<RebuildStatus>;
  /** Ends the work; what was built stays, to be gone on with. */
  readonly close: () => Promise<void>;
}
