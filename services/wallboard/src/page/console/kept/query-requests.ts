import type { ClientAnswer, ClientFault, LeadwireClient } from "@leadwire/api/client";
import type { QueriesAnswer, SavedQuery } from "../../../console/saved-query.ts";

/** A saved query as it was read, with the state of its file. */
export interface OpenQuery {
  readonly query: SavedQuery;
  readonly etag: string;
}

export type SaveOutcome =
  | ({ readonly kind: "saved" } & OpenQuery)
  /** Somebody else saved, or made, it meanwhile. */
  | { readonly kind: "changed" }
  | { readonly kind: "refused"; readonly told: string };

const faultText = (fault: ClientFault): string => (fault._tag === "Unreachable" ? fault.message : fault.problem.detail);

const openOf = ({ data, etag }: ClientAnswer<SavedQuery>): OpenQuery => ({ query: data, etag: etag ?? "" });

/** Null where the server does not answer, or refuses. */
export const fetchQueries = async (server: Pick<LeadwireClient, "get">): Promise<QueriesAnswer | null> => {
  const answer = await server.get("/api/queries");
  return answer._tag === "Left" ? null : answer.right.data;
};

/** Null where there is none of this name. */
export const fetchQuery = async (name: string, server: Pick<LeadwireClient, "get">): Promise<OpenQuery | null> => {
  const answer = await server.get("/api/queries/{name}", { path: { name } });
  return answer._tag === "Left" ? null : openOf(answer.right);
};

/** Saves over the file that has this etag; null: there must not be one yet. */
export const saveQuery = async (
  query: SavedQuery,
  etag: string | null,
  server: Pick<LeadwireClient, "put">,
): Promise<SaveOutcome> => {
  const answer = await server.put("/api/queries/{name}", {
    path: { name: query.name },
    header: etag === null ? { "If-None-Match": "*" } : { "If-Match": etag },
    body: query,
  });
  if (answer._tag === "Right") return { kind: "saved", ...openOf(answer.right) };
  const isLate = answer.left._tag === "Refused" && answer.left.problem.status === 412;
  return isLate ? { kind: "changed" } : { kind: "refused", told: faultText(answer.left) };
};

/** Takes a saved query away as it stands now; what went wrong in the server's words, null where nothing did. */
export const deleteQuery = async (name: string, server: Pick<LeadwireClient, "delete">): Promise<string | null> => {
  const answer = await server.delete("/api/queries/{name}", { path: { name }, header: { "If-Match": "*" } });
  const isGone = answer._tag === "Left" && answer.left._tag === "Refused" && answer.left.problem.status === 404;
  return answer._tag === "Right" || isGone ? null : faultText(answer.left);
};
