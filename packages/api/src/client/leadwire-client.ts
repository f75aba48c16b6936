import type { Either } from "fp-ts/lib/Either.js";
import createClient from "openapi-fetch";
import { answerOf, type ClientAnswer, type ClientFault } from "./answer-of.ts";
import { etagCache } from "./etag-cache.ts";
import type { paths } from "./http-types.ts";
import type { Asked, DataOf, Method, PathOf } from "./typed-request.ts";

export interface ClientOptions {
  /** Such as `http://127.0.0.1:4800`; left out in a page of Leadwire's own, which asks where it came from. */
  readonly baseUrl?: string;
  /** Of `npx leadwire tokens create`; a page shows its cookie instead. */
  readonly token?: string;
  /** Instead of the platform's. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** How many answers are remembered with their ETags (none where left out). */
  readonly keptAnswersMax?: number;
}

/** Asks with one method: `client.get("/api/kpis/{metric}", { path: { metric: "win_rate" }, query: { window: "30d" } })`. */
type Ask<M extends Method> = <P extends PathOf<M>>(
  path: P,
  ...asked: Asked<M, P>
) => Promise<Either<ClientFault, ClientAnswer<DataOf<M, P>>>>;

/** Every path of the OpenAPI document with its parameters and answers. No request is sent again by itself; none rejects. */
export interface LeadwireClient {
  readonly get: Ask<"get">;
  readonly put: Ask<"put">;
  readonly post: Ask<"post">;
  readonly delete: Ask<"delete">;
}

/** What is sent, once the types have seen to it that it fits. */
interface Sent {
  readonly path?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Any path with any JSON: what the library is told of. */
interface UnreadOperation {
  readonly requestBody?: { readonly content: { readonly "application/json": unknown } };
  readonly responses: object;
}
type Unread = { readonly [path: string]: { readonly [method in Method]: UnreadOperation } };

/** A client of one Leadwire server. */
export const createLeadwireClient = ({
  baseUrl,
  token,
  fetch,
  keptAnswersMax = 0,
}: ClientOptions = {}): LeadwireClient => {
  const client = createClient<Unread>({
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(fetch === undefined ? {} : { fetch }),
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
  });
  if (keptAnswersMax > 0) client.use(etagCache(keptAnswersMax));
  const sent = (method: Method, path: string, { body, signal, ...params }: Sent) =>
    client.request(method, path, {
      params,
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
  const asking =
    <M extends Method>(method: M): Ask<M> =>
    async <P extends keyof paths>(path: P, ...[asked]: Asked<M, P>) => {
      const answer = await answerOf(sent(method, path, asked ?? {}));
      // The document says what the server answers; a test holds the server to it.
      return answer as Either<ClientFault, ClientAnswer<DataOf<M, P>>>;
    };
  return { get: asking("get"), put: asking("put"), post: asking("post"), delete: asking("delete") };
};
