import { createServer, type IncomingMessage, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { openSchemaRegistry } from "./open-registry.ts";
import { RegistryHttp, type RegistryPatience } from "./registry-http.ts";

const patience: RegistryPatience = { attempts: 4, pauseMs: 1, pauseMsMax: 4, timeoutMs: 200 };

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Reply = { readonly status: number; readonly text: string } | "silence";

/** A server that gives these replies in turn, the last one for ever. */
const serve = async (
  ...replies: ReadonlyArray<Reply>
): Promise<{ readonly url: string; readonly requests: IncomingMessage[] }> => {
  const requests: IncomingMessage[] = [];
  const started = createServer((request, response) => {
    const reply = replies[Math.min(requests.length, replies.length - 1)];
    requests.push(request);
    if (reply === undefined || reply === "silence") return;
    response.writeHead(reply.status).end(reply.text);
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  const address = started.address();
  if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
  return { url: `http://127.0.0.1:${address.port}`, requests };
};

const ok: Reply = { status: 200, text: "[]" };

test("a server that is not well, busy or silent is asked again", async () => {
  const { url, requests } = await serve({ status: 503, text: "starting" }, { status: 429, text: "" }, "silence", ok);
  const answer = await new RegistryHttp({ url }, patience).send("GET", "/subjects");
  expect(answer).toEqual({ _tag: "Right", right: { status: 200, body: [] } });
  expect(requests).toHaveLength(4);
});

test("one that stays so is a fault that names address, attempts and cause", async () => {
  const { url } = await serve({ status: 500, text: '{"error_code":50001,"message":"no store"}' });
  const answer = await new RegistryHttp({ url }, patience).send("GET", "/subjects");
  expect(answer).toMatchObject({ left: { _tag: "RegistryUnreachable" } });
  expect(answer).toMatchObject({
    left: { message: expect.stringContaining(`${url} did not answer in 4 attempts: status 500: no store`) },
  });
});

test("nobody there is the same fault", async () => {
  const answer = await new RegistryHttp({ url: "http://127.0.0.1:1" }, patience).send("GET", "/subjects");
  expect(answer).toMatchObject({ left: { _tag: "RegistryUnreachable" } });
});

test("user and password travel as basic authentication", async () => {
  const { url, requests } = await serve(ok);
  await new RegistryHttp({ url: `${url}/`, user: "ana", password: "s:é" }, patience).send("GET", "/subjects");
  const [scheme, encoded] = requests[0]?.headers.authorization?.split(" ") ?? [];
  expect([scheme, Buffer.from(encoded ?? "", "base64").toString()]).toEqual(["Basic", "ana:s:é"]);
  expect(requests[0]?.url).toBe("/subjects");
});

test.each([
  [401, "LEADWIRE_SCHEMA_REGISTRY_PASSWORD"],
  [403, "the right to read subjects"],
  [404, "must end before /subjects"],
])("status %d is refused at once, with what to do", async (status, fix) => {
  const { url, requests } = await serve({ status, text: "<html>no</html>" });
  const opened = await openSchemaRegistry({ url, notice: () => undefined, patience })();
  expect(opened).toMatchObject({ left: { _tag: "RegistryRefused", status, message: expect.stringContaining(fix) } });
  expect(requests).toHaveLength(1);
});
