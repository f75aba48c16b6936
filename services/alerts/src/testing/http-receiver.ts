import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { TestCertificate } from "./certificate.ts";

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server on 127.0.0.1 that keeps what it receives and answers as a test says. */
export interface HttpReceiver {
  readonly port: number;
  readonly received: ReadonlyArray<ReceivedRequest>;
  readonly close: () => Promise<void>;
}

export const openHttpReceiver = async (
  answer: (request: ReceivedRequest, response: ServerResponse) => void,
  certificate?: TestCertificate,
): Promise<HttpReceiver> => {
  const received: ReceivedRequest[] = [];
  const server = certificate === undefined ? createServer() : createTlsServer(certificate);
  server.on("request", (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString("utf8") };
      received.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port: address.port, received, close };
};
