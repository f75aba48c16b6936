import { createServer, request } from "node:http";
import type { ClickHouseAddress } from "@leadwire/store";

/** An address that needs no header of ours. */
export interface OpenDoor {
  readonly url: string;
  readonly close: () => void;
}

/**
 * Passes requests on to a ClickHouse with the headers that its address asks for: so the embedded one can be used as any
 * server is, by url, user and password.
 */
export const openClickHouseDoor = async ({ url, headers }: ClickHouseAddress): Promise<OpenDoor> => {
  const target = new URL(url);
  const proxy = createServer((incoming, outgoing) => {
    const passed = request(
      {
        host: target.hostname,
        port: target.port,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, ...headers },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", () => resolve()));
  const address = proxy.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
};
