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

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const boardUrl = (id: string): string => `/api/boards/${encodeURIComponent(id)}`;

/** What a problem (RFC 9457) says besides its status; each empty where it does not. */
interface Told {
  readonly faults: ReadonlyArray<string>;
  readonly etag: string | null;
  readonly by: string | null;
}

const textAt = (body: object, key: string): string | null => {
  const found: unknown = Object.entries(body).find(([name]) => name === key)?.[1];
  return typeof found === "string" ? found : null;
};

const toldBy = async (response: Response): Promise<Told> => {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body !== "object" || body === null) return { faults: [], etag: null, by: null };
  const reasons = "reasons" in body && Array.isArray(body.reasons) ? body.reasons : [];
  const listed = reasons.filter((one) => typeof one === "string");
  const detail = textAt(body, "detail");
  return {
    faults: listed.length > 0 ? listed : detail === null ? [] : [detail],
    etag: textAt(body, "etag"),
    by: textAt(body, "saved_by"),
  };
};

const outcomeOf = async (response: Response, isNew: boolean): Promise<SaveOutcome> => {
  const { ok, status } = response;
  if (ok) return { kind: "saved", etag: response.headers.get("etag") ?? "" };
  // A new board that is not there: it would be none of those that this reader may see.
  if (status === 401 || status === 403 || (isNew && status === 404)) return { kind: "forbidden" };
  const { faults, etag, by } = await toldBy(response);
  if (status === 412) return { kind: "changed", etag, by };
  if (status === 404) return { kind: "changed", etag: null, by: null };
  return { kind: "refused", faults };
};

const settle = async (answered: Promise<Response>, isNew: boolean): Promise<SaveOutcome> => {
  try {
    return await outcomeOf(await answered, isNew);
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
    etag === null,
  );

export const deleteBoard = (id: string, etag: string, send: Fetch): Promise<SaveOutcome> =>
  settle(send(boardUrl(id), { method: "DELETE", headers: { "if-match": etag } }), false);

/** What a tile would show now, before its board is saved. */
export const previewTile = async (tile: TileDefinition, send: Fetch): Promise<PreviewOutcome> => {
  try {
    const response = await send("/api/tiles/preview", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(tile),
    });
    if (response.ok) return { kind: "data", data: await response.json() };
    const isRefused = response.status === 422 || response.status === 400;
    return isRefused ? { kind: "refused", faults: (await toldBy(response)).faults } : { kind: "none" };
  } catch {
    return { kind: "none" };
  }
};
