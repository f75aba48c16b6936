import type { Either } from "fp-ts/lib/Either.js";
import type { Problem } from "./client-names.ts";

/** Why there is no answer. */
export type ClientFault =
  /** Nobody answered, or not in the words of this interface; aborted requests, too. */
  | { readonly _tag: "Unreachable"; readonly message: string }
  /** The server's own problem: `status` and `code` tell which. */
  | { readonly _tag: "Refused"; readonly problem: Problem };

export interface ClientAnswer<Data> {
  readonly data: Data;
  /** For If-Match, where the server gave one. */
  readonly etag: string | null;
  readonly headers: Headers;
}

interface Fetched {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

const isProblem = (found: unknown): found is Problem =>
  typeof found === "object" &&
  found !== null &&
  "code" in found &&
  typeof found.code === "string" &&
  "detail" in found &&
  typeof found.detail === "string";

/** Something before the server, such as a proxy, answered in words of its own. */
const strangeProblem = ({ status, statusText }: Response, found: unknown): Problem => ({
  title: statusText === "" ? "Refused" : statusText,
  status,
  code: "Unknown",
  detail: `The server answered ${status}: ${typeof found === "string" ? found.slice(0, 200) : "nothing that can be read"}`,
});

/** What a request came to: an answer, or why there is none. Never rejects. */
export const answerOf = async (asked: Promise<Fetched>): Promise<Either<ClientFault, ClientAnswer<unknown>>> => {
  try {
    const { data, error, response } = await asked;
    const { ok, headers } = response;
    if (ok) return { _tag: "Right", right: { data, etag: headers.get("etag"), headers } };
    const problem = isProblem(error) ? error : strangeProblem(response, error);
    return { _tag: "Left", left: { _tag: "Refused", problem } };
  } catch (fault) {
    const message = fault instanceof Error ? fault.message : String(fault);
    return { _tag: "Left", left: { _tag: "Unreachable", message } };
  }
};
