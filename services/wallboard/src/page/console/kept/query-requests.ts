import type { QueriesAnswer, SavedQuery } from "../../../console/saved-query.ts";
import { toldBy } from "../answer/ask-sql.ts";

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

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

const urlOf = (name: string): string => `/api/queries/${encodeURIComponent(name)}`;

const outcomeOf = async (response: Response): Promise<SaveOutcome> => {
  if (response.status === 412) return { kind: "changed" };
  if (!response.ok) return { kind: "refused", told: (await toldBy(response)).told };
  return { kind: "saved", query: await response.json(), etag: response.headers.get("etag") ?? "" };
};

const unreachable = (fault: unknown): SaveOutcome => ({
  kind: "refused",
  told: fault instanceof Error ? fault.message : String(fault),
});

/** Null where the server does not answer, or refuses. */
export const fetchQueries = async (send: Fetch): Promise<QueriesAnswer | null> => {
  try {
    const response = await send("/api/queries");
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
};

/** Null where there is none of this name. */
export const fetchQuery = async (name: string, send: Fetch): Promise<OpenQuery | null> => {
  try {
    const response = await send(urlOf(name));
    return response.ok ? { query: await response.json(), etag: response.headers.get("etag") ?? "" } : null;
  } catch {
    return null;
  }
};

/** Saves over the file that has this etag; null: there must not be one yet. */
export const saveQuery = async (query: SavedQuery, etag: string | null, send: Fetch): Promise<SaveOutcome> => {
  const precondition = etag === null ? { "if-none-match": "*" } : { "if-match": etag };
  const { name, ...body } = query;
  try {
    return await outcomeOf(
      await send(urlOf(name), {
        method: "PUT",
        headers: { "content-type": "application/json", ...precondition },
        body: JSON.stringify(body),
      }),
    );
  } catch (fault) {
    return unreachable(fault);
  }
};

/** Takes a saved query away as it stands now; what went wrong in the server's words, null where nothing did. */
export const deleteQuery = async (name: string, send: Fetch): Promise<string | null> => {
  try {
    const response = await send(urlOf(name), { method: "DELETE", headers: { "if-match": "*" } });
    return response.ok || response.status === 404 ? null : (await toldBy(response)).told;
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
};
