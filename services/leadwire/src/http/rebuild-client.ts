import type { RebuildStatus, Rebuilds } from "../engine/rebuild/rebuild-status.ts";
import type { OwnerCaller } from "./owner-call.ts";

/** The rebuilds of the process that owns a data directory; they go on when this one ends. */
export const rebuildClient = (owner: OwnerCaller): Rebuilds => ({
  start: async (request) => (await owner.json("POST", "/internal/rebuild", request)).ok<RebuildStatus>(),
  status: async () => (await owner.json("GET", "/internal/rebuild")).ok<RebuildStatus>(),
  stop: async () => (await owner.json("POST", "/internal/rebuild/stop", {})).ok<RebuildStatus>(),
  close: async () => undefined,
});
