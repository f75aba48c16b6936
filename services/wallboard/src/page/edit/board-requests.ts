import type { ClientFault, LeadwireClient, Problem } from "@leadwire/api/client";
import type { BoardDefinition, TileDefinition } from "../../board/board-definition.ts";
import type { TileData } from "../../board/tile-data.ts";

/** What became of a request to the server; a refusal in the server's own words. */
export type SaveOutcome =
  | { readonly kind: "saved"; readonly etag: string }
  /** Somebody else has saved it: `etag` is of what stands there now, null where nothing does any more. */
  | { readonly kind: "changed"; readonly etag: string | null; readonly by: string | null }
  | { readonly kind: "refused"; readonly faults: ReadonlyArray<string> }
  | { readonly kind: "forbidden" }
  | { readonly kind: "unreachable" };

export type PreviewOutcome =
  | { readonly kind: "data"; readonly data: TileData }
  | { readonly kind: "refused"; readonly faults: ReadonlyArray<string> }
  /** It is shown once it is saved. */
  | { readonly kind: "none" };

type Saving = Pick<LeadwireClient, "put">;
type Removing = Pick<LeadwireClient, "delete">;
type Previewing = Pick<LeadwireClient, "post">;

const reasonsOf = ({ reasons, detail }: Problem): ReadonlyArray<string> =>
  reasons === undefined || reasons.length === 0 ? [detail] : reasons;

const faultOutcome = (fault: ClientFault, isNew: boolean): SaveOutcome => {
  if (fault._tag === "Unreachable") return { kind: "unreachable" };
  const { status, etag, saved_by: by } = fault.problem;
  // A new board that is not there: it would be none of those that this reader may see.
  if (status === 401 || status === 403 || (isNew && status === 404)) return { kind: "forbidden" };
  if (status === 412) return { kind: "changed", etag: etag ?? null, by: by ?? null };
  if (status === 404) return { kind: "changed", etag: null, by: null };
  return { kind: "refused", faults: reasonsOf(fault.problem) };
};

/** Saves a board over the one that has this etag; null: there must not be one yet. */
export const saveBoard = async (board: BoardDefinition, etag: string | null, server: Saving): Promise<SaveOutcome> => {
  const answer = await server.put("/api/boards/{id}", {
    path: { id: board.id },
    header: etag === null ? { "If-None-Match": "*" } : { "If-Match": etag },
    body: board,
  });
  if (answer._tag === "Left") return faultOutcome(answer.left, etag === null);
  return { kind: "saved", etag: answer.right.etag ?? "" };
};

export const deleteBoard = async (id: string, etag: string, server: Removing): Promise<SaveOutcome> => {
  const answer = await server.delete("/api/boards/{id}", { path: { id }, header: { "If-Match": etag } });
  return answer._tag === "Left" ? faultOutcome(answer.left, false) : { kind: "saved", etag: "" };
};

/** What a tile would show now, before its board is saved. */
export const previewTile = async (tile: TileDefinition, server: Previewing): Promise<PreviewOutcome> => {
  const answer = await server.post("/api/tiles/preview", { body: tile });
  if (answer._tag === "Right") return { kind: "data", data: answer.right.data };
  const fault = answer.left;
  if (fault._tag === "Unreachable") return { kind: "none" };
  const isRefused = fault.problem.status === 422 || fault.problem.status === 400;
  return isRefused ? { kind: "refused", faults: reasonsOf(fault.problem) } : { kind: "none" };
};
