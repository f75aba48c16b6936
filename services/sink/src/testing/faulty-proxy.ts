import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";

/**
 * What stands between a sink and ClickHouse: passes requests on, holds them for ever, cuts them off, answers as
 * ClickHouse does when it can't, or has them done and loses the answer.
 */
export type ProxyMode =
  | { readonly _tag: "Pass" }
  | { readonly _tag: "Stall" }
  | { readonly _tag: "Cut" }
  | { readonly _tag: "LoseAnswer" }
  | { readonly _tag: "Refuse"; readonly code: number; readonly name: string };

export interface FaultyProxy {
  readonly url: string;
  mode: ProxyMode;
  /** Inserts that came while it did not pass them on. */
  refused: number;
  readonly close: () => Promise<void>;
}

const forward = (to: URL, from: IncomingMessage, answer: ServerResponse, loseAnswer: boolean): void => {
  const { host: _host, ...headers } = from.headers;
  const onward = request(
    { host: to.hostname, port: to.port, path: from.url, method: from.method, headers },
    (reply) => {
      if (loseAnswer) {
        reply.resume().once("end", () => answer.destroy());
        return;
      }
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    },
  );
  onward.once("error", () => answer.destroy());
  from.pipe(onward);
};

/** A proxy in front of `target`, on a free port. */
export const startFaultyProxy = async (target: string): Promise<FaultyProxy> => {
  const to = new URL(target);
  const server: Server = createServer((from, answer) => {
    const { mode } = proxy;
    if (mode._tag !== "Pass") proxy.refused += 1;
    if (mode._tag === "Pass" || mode._tag === "LoseAnswer") forward(to, from, answer, mode._tag === "LoseAnswer");
    if (mode._tag === "Cut") from.once("data", () => from.socket.destroy());
    if (mode._tag === "Stall") from.resume();
    if (mode._tag !== "Refuse") return;
    from.resume().once("end", () => {
      answer.writeHead(500, { "X-ClickHouse-Exception-Code": `${mode.code}` });
      answer.end(`Code: ${mode.code}. DB::Exception: Not now. (${mode.name}) (version 26.7.2.1)`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${port}`,
    mode: { _tag: "Pass" },
    refused: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
};
