import type { Workspace } from "@leadwire/funnel";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { RebuildPurpose, RebuildRequest, Rebuilds } from "../engine/rebuild/rebuild-status.ts";
import { problem, sendProblem } from "./problem.ts";

/** A workspace with years of daily rates. */
const bodyBytesMax = 16 * 1024 * 1024;
const purposes: ReadonlyArray<RebuildPurpose> = ["swap", "compare", "back"];

/** The command line has checked the workspace; it and this process are of one version, or the rebuild is refused. */
const requestOf = (body: unknown): RebuildRequest | undefined => {
  if (typeof body !== "object" || body === null || !("workspace" in body)) return undefined;
  const purpose = purposes.find((known) => "purpose" in body && known === body.purpose);
  if (purpose === undefined) return undefined;
  const hash = "hash" in body && typeof body.hash === "string" ? { hash: body.hash } : {};
  return { purpose, workspace: body.workspace as Workspace, ...hash };
};

const noRebuilds = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply, problem(409, "Conflict", "NoRebuilds", "The engine here folds nothing, so it rebuilds nothing."));

/** What `npx leadwire rebuild` asks the process that owns the data directory. */
export const registerRebuild = (scope: FastifyInstance, rebuilds: Rebuilds | undefined): void => {
  scope.get("/rebuild", (_, reply) => rebuilds?.status() ?? noRebuilds(reply));
  scope.post("/rebuild", { bodyLimit: bodyBytesMax }, (request, reply) => {
    const asked = requestOf(request.body);
    if (asked === undefined)
      return sendProblem(reply, problem(400, "Bad request", "BadBody", "expected a purpose and a workspace"));
    return rebuilds?.start(asked) ?? noRebuilds(reply);
  });
  scope.post("/rebuild/stop", (_, reply) => rebuilds?.stop() ?? noRebuilds(reply));
};
