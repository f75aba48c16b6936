import type { Middleware } from "openapi-fetch";

interface KeptAnswer {
  readonly etag: string;
  readonly body: string;
  readonly headers: Headers;
}

/** Larger ones are asked again rather than held. */
const bodyCharsMax = 1_048_576;

/**
 * Remembers the newest answers that carry an ETag, and asks for each again only whether it is still so. Browsers do this by
 * themselves: it is for programs. An If-None-Match of the caller's own is left alone.
 */
export const etagCache = (answersMax: number): Middleware => {
  const kept = new Map<string, KeptAnswer>();
  const conditional = new WeakSet<Request>();
  return {
    onRequest: ({ request }) => {
      const known = request.method === "GET" ? kept.get(request.url) : undefined;
      if (known === undefined || request.headers.has("if-none-match")) return undefined;
      request.headers.set("if-none-match", known.etag);
      conditional.add(request);
      return request;
    },
    onResponse: async ({ request, response }) => {
      const known = kept.get(request.url);
      if (response.status === 304 && known !== undefined && conditional.has(request))
        return new Response(known.body, { status: 200, headers: known.headers });
      const etag = response.headers.get("etag");
      if (request.method !== "GET" || response.status !== 200 || etag === null) return undefined;
      const body = await response.clone().text();
      kept.delete(request.url);
      if (body.length > bodyCharsMax) return undefined;
      kept.set(request.url, { etag, body, headers: response.headers });
      const [oldest] = kept.keys();
      if (kept.size > answersMax && oldest !== undefined) kept.delete(oldest);
      return undefined;
    },
  };
};
