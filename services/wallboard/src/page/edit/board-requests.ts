import type { BoardDefinition, TileDefinition } from "../../board/board-definition.ts";
import type { TileData } from "../../board/tile-data.ts";

/** What became of a request to the server; a refusal in the server's own words. */
export type SaveOutcome =
  | { readonly kind: "saved"; readonly etag: string }
  /** Somebody else has saved it: `etag` is of what stands there now, null where nothing does any more. */
  | { readonly kind: "changed"; readonly etag: string | null }
  | { readonly kind: "refused"; readonly faults: ReadonlyArray<string> }
  | { readonly kind: "forbidden" }
  | { readonly kind: "unreachable" };

export type PreviewOutcome =
  | { readonly kind: "data"; readonly data: TileData }
  | { readonly kind: "refused"; readonly faults: ReadonlyArray<string> }
  /** It is shown once it is saved. */
  | { readonly kind: "none" };

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const boardUrl = (id: string): string => `/api/boards/${encodeURIComponent(id)}`;

/** The sentences of a problem (RFC 9457); the page says that it was refused where there are none. */
const faultsOf = async (response: Response): Promise<ReadonlyArray<string>> => {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body !== "object" || body === null) return [];
  const listed = "faults" in body && Array.isArray(body.faults) ? body.faults.filter((one) => typeof one === "string") : [];
  if (listed.length > 0) return listed;
  const told = "detail" in body ? body.detail : "error" in body ? body.error : undefined;
  return typeof told === "string" ? told.split("\n") : [];
};

const outcomeOf = async (response: Response): Promise<SaveOutcome> => {
  if (response.ok) return { kind: "saved", etag: response.headers.get("etag") ?? "" };
  if (response.status === 412 || response.status === 404) return { kind: "changed", etag: response.headers.get("etag") };
  if (response.status === 401 || response.status === 403) return { kind: "forbidden" };
  return { kind: "refused", faults: await faultsOf(response) };
};

const settle = async (answered: Promise<Response>): Promise<SaveOutcome> => {
  try {
    return await outcomeOf(await answered);
  } catch {
    return { kind: "unreachable" };
  }
};

/** Saves a board over the one that has this etag; null: there must not be one yet. */
export const saveBoard = (board: BoardDefinition, etag: string | null, send: Fetch): Promise<SaveOutcome> =>
  settle(
    send(boardUrl(board.id), {
      method: "PUT",
      headers: {
        "content-type": "application/json",
        ...(etag === null ? { "if-none-match": "*" } : { "if-match": etag }),
      },
      body: JSON.stringify(board),
    }),
  );

export const deleteBoard = (id: string, etag: string, send: Fetch): Promise<SaveOutcome> =>
  settle(send(boardUrl(id), { method: "DELETE", headers: { "if-match": etag } }));

/** What a tile would show now, before its board is saved. */
export const previewTile = async (tile: TileDefinition, send: Fetch): Promise<PreviewOutcome> => {
  try {
    const response = await send("/api/tiles/preview", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(tile),
    });
    if (response.ok) return { kind: "data", data: await response.json() };
    return response.status === 422 ? { kind: "refused", faults: await faultsOf(response) } : { kind: "none" };
  } catch {
    return { kind: "none" };
  }
};
