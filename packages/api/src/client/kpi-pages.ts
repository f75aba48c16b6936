import type { Either } from "fp-ts/lib/Either.js";
import type { ClientFault } from "./answer-of.ts";
import type { KpiAnswer, KpiQuery, MetricName } from "./client-names.ts";
import type { LeadwireClient } from "./leadwire-client.ts";

/** The cursor of the next page in a Link header; undefined on the last. */
const nextCursor = (link: string | null): string | undefined => {
  const target = /<([^>]*)>\s*;[^,]*\brel="?next"?/u.exec(link ?? "")?.[1];
  return target === undefined
    ? undefined
    : (new URLSearchParams(target.split("?")[1] ?? "").get("cursor") ?? undefined);
};

/**
 * A metric's groups, page after page, all of the first page's instant. Ends after the last page, or after a fault: what
 * came before it is as it was, and a changed answer (`AnswerChanged`) has to be asked from its beginning.
 */
export async function* kpiPages(
  client: LeadwireClient,
  metric: MetricName,
  query: Omit<KpiQuery, "cursor"> & { readonly limit: number },
): AsyncGenerator<Either<ClientFault, ReadonlyArray<KpiAnswer>>, void> {
  let cursor: string | undefined;
  do {
    const page = { ...query, ...(cursor === undefined ? {} : { cursor }) };
    const answer = await client.get("/api/kpis/{metric}", { path: { metric }, query: page });
    if (answer._tag === "Left") {
      yield answer;
      return;
    }
    yield { _tag: "Right", right: answer.right.data };
    cursor = nextCursor(answer.right.headers.get("link"));
  } while (cursor !== undefined);
}
