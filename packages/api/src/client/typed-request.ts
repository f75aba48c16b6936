import type { paths } from "./http-types.ts";

/** Read from the generated types here: openapi-fetch's own readers lose tuples and read-only lists. */

export type Method = "get" | "put" | "post" | "delete";

type OperationAt<M extends Method, P extends keyof paths> = NonNullable<paths[P][M]>;

/** The paths that take a method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: [OperationAt<M, P>] extends [never] ? never : P;
}[keyof paths];

type ParametersOf<Operation> = Operation extends { readonly parameters: infer Found }
  ? Pick<Found, keyof Found & ("path" | "query" | "header")>
  : never;

type BodyOf<Operation> = Operation extends {
  readonly requestBody: { readonly content: { readonly "application/json": infer Body } };
}
  ? { readonly body: Body }
  : unknown;

/** What a request says: `path`, `query`, `header` and `body`, each where the operation has it. */
export type RequestOf<M extends Method, P extends keyof paths> = ParametersOf<OperationAt<M, P>> &
  BodyOf<OperationAt<M, P>> & { readonly signal?: AbortSignal };

type JsonOf<Response> = Response extends { readonly content: { readonly "application/json": infer Found } }
  ? Found
  : undefined;

/** The JSON of a success; undefined where there is none. */
export type DataOf<M extends Method, P extends keyof paths> =
  OperationAt<M, P> extends { readonly responses: infer Responses }
    ? JsonOf<Responses[keyof Responses & (200 | 201 | 204)]>
    : never;

/** The second argument may be left out where it has to say nothing. */
export type Asked<M extends Method, P extends keyof paths> =
  Record<never, never> extends RequestOf<M, P> ? [request?: RequestOf<M, P>] : [request: RequestOf<M, P>];
