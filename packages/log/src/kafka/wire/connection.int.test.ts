import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { api } from "./api.ts";
import { Connection, type ConnectionSettings } from "./connection.ts";
import { FrameReader } from "./frame-reader.ts";
import { WireReader } from "./wire-reader.ts";
import { WireWriter } from "./wire-writer.ts";

interface Asked {
  readonly key: number;
  readonly version: number;
  readonly correlation: number;
  readonly body: WireReader;
}

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** A broker that answers each request with what `answer` makes of it, or not at all. */
const brokerThat = async (answer: (asked: Asked, socket: Socket) => Buffer | undefined): Promise<number> => {
  const server = createServer((socket) => {
    sockets.push(socket);
    const frames = new FrameReader((frame) => {
      const body = new WireReader(frame);
      const [key, version, correlation] = [body.int16(), body.int16(), body.int32()];
      body.text(); // client id
      const bytes = answer({ key, version, correlation, body }, socket);
      if (bytes === undefined) return;
      socket.write(
        new WireWriter()
          .int32(bytes.length + 4)
          .int32(correlation)
          .take(),
      );
      socket.write(bytes);
    });
    socket.on("data", (chunk) => frames.push(chunk, chunk.length));
    socket.on("error", () => undefined);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
  return address.port;
};

const settings: ConnectionSettings = { clientId: "test", connectTimeoutMs: 1_000 };
const open = (port: number, more: Partial<ConnectionSettings> = {}): Promise<Connection> =>
  Connection.open({ host: "127.0.0.1", port }, { ...settings, ...more });

describe("a connection", () => {
  test("gives each answer to who asked, also when requests are sent together", async () => {
    const port = await brokerThat(({ body }) => new WireWriter().int32(2 * body.int32()).take());
    const connection = await open(port);
    const asked = Array.from({ length: 50 }, (_, n) => n);
    const answers = await Promise.all(
      asked.map(async (n) => {
        const half = new WireWriter().int32(n).take();
        return (await connection.request(api.metadata, [half.subarray(0, 1), half.subarray(1)], 1_000)).int32();
      }),
    );
    connection.close();
    expect(answers).toEqual(asked.map((n) => 2 * n));
  });

  test("ends, and with it every open request, when one is not answered in time", async () => {
    const connection = await open(await brokerThat(() => undefined));
    const requests = [30, 60_000].map((timeoutMs) => connection.request(api.fetch, [], timeoutMs));
    for (const request of requests) {
      await expect(request).rejects.toMatchObject({ _tag: "Interrupted" });
      await expect(request).rejects.toThrow("left a Fetch request unanswered for 30 ms");
    }
    expect(connection.isOpen).toBe(false);
    await expect(connection.request(api.fetch, [], 30)).rejects.toMatchObject({ _tag: "Interrupted" });
  });

  test("ends every open request when the broker goes", async () => {
    const connection = await open(await brokerThat((_, socket) => void socket.destroy()));
    await expect(connection.request(api.fetch, [], 60_000)).rejects.toMatchObject({ _tag: "Interrupted" });
  });

  test("says what a peer sent that is no broker", async () => {
    const port = await brokerThat((_, socket) => void socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const connection = await open(port);
    await expect(connection.request(api.fetch, [], 1_000)).rejects.toThrow(/no Kafka broker, or expects TLS/);
  });

  test("logs in before anything else", async () => {
    const seen: string[] = [];
    const port = await brokerThat(({ key, body }) => {
      if (key === api.saslHandshake.key) {
        seen.push(body.text());
        return new WireWriter()
          .int16(0)
          .array([], () => undefined)
          .take();
      }
      seen.push(body.bytes().toString().replaceAll("\0", "|"));
      return new WireWriter().int16(0).text(null).bytes(Buffer.alloc(0)).int64(0).take();
    });
    const connection = await open(port, { plainLogin: { username: "ana", password: "secret" } });
    connection.close();
    expect(seen).toEqual(["PLAIN", "|ana|secret"]);
  });

  test("is not open when the login is refused, and says so", async () => {
    const port = await brokerThat(({ key }) =>
      key === api.saslHandshake.key
        ? new WireWriter()
            .int16(0)
            .array([], () => undefined)
            .take()
        : new WireWriter().int16(58).text("no").bytes(Buffer.alloc(0)).int64(0).take(),
    );
    await expect(open(port, { plainLogin: { username: "ana", password: "wrong" } })).rejects.toThrow(
      /refused the login: SASL_AUTHENTICATION_FAILED: check user name and password/,
    );
  });
});
