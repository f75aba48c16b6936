import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a page of another site made a browser send this. Browsers say so in `Sec-Fetch-Site`, the older ones in `Origin`;
 * programs say neither.
 */
export const isForeign = (headers: IncomingHttpHeaders): boolean => {
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
};
