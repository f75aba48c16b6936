import { Agent, request } from "node:http";

/** What the owner answered. */
export interface Answer {
  readonly status: number;
  /** The JSON body of a success; throws with the owner's words otherwise. */
  readonly ok: <T = unknown>() => T;
  readonly okBytes: () => Uint8Array;
  readonly problem: () => { readonly code: string; readonly detail: string };
}

export interface OwnerCaller {
  readonly json: (method: "GET" | "POST", path: string, body?: unknown) => Promise<Answer>;
  readonly bytes: (path: string, body: Uint8Array) => Promise<Answer>;
  readonly close: () => void;
}

const problemOf = (status: number, body: Buffer): { readonly code: string; readonly detail: string } => {
  try {
    const found: unknown = JSON.parse(body.toString());
    if (typeof found === "object" && found !== null && "code" in found && "detail" in found)
      return { code: String(found.code), detail: String(found.detail) };
  } catch {
    // Not one of our answers: told as it is below.
  }
  return { code: "Unknown", detail: `The engine answered ${status}: ${body.toString().slice(0, 200)}` };
};

const answerOf = (status: number, body: Buffer): Answer => {
  const problem = () => problemOf(status, body);
  const okBytes = (): Uint8Array => {
    if (status >= 400) throw new Error(problem().detail);
    return body;
  };
  return { status, problem, okBytes, ok: <T>() => JSON.parse(Buffer.from(okBytes()).toString()) as T };
};

/**
 * Calls the owner of a data directory. Not `fetch`: that one gives up after five minutes without headers, and `verify`
 * may take longer. Calls go out one after another, so that appends keep their order.
 */
export const ownerCaller = (url: string, token: string): OwnerCaller => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const call = (method: string, path: string, type: string, body: Uint8Array | undefined): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const refuse = (fault: Error): void =>
        reject(new Error(`The engine at ${url} went away: ${fault.message}. Start it again, then repeat the command.`));
      const head = body === undefined ? {} : { "content-type": type, "content-length": body.length };
      const outgoing = request(
        new URL(path, url),
        { method, agent, headers: { ...head, authorization: `Bearer ${token}` } },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("end", () => resolve(answerOf(incoming.statusCode ?? 500, Buffer.concat(chunks))));
          incoming.on("error", refuse);
        },
      );
      outgoing.on("error", (fault: NodeJS.ErrnoException) => {
        // An owner that was busy for longer than it keeps idle connections open ends this one before it reads the question.
        const wasIdle = outgoing.reusedSocket && fault.code === "ECONNRESET";
        if (wasIdle && method === "GET") resolve(call(method, path, type, body));
        else refuse(fault);
      });
      outgoing.end(body);
    });
  return {
    json: (method, path, body) =>
      call(method, path, "application/json", body === undefined ? undefined : Buffer.from(JSON.stringify(body))),
    bytes: (path, body) => call("POST", path, "application/octet-stream", body),
    close: () => agent.destroy(),
  };
};
