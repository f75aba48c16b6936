import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Channel, NotificationMessage, Receiver } from "@leadwire/alerts";
import { isLeft, right } from "fp-ts/lib/Either.js";
import { Webhook } from "standardwebhooks";
import { afterEach, expect, test } from "vitest";
import { testCertificate } from "../testing/certificate.ts";
import { openHttpReceiver, type ReceivedRequest } from "../testing/http-receiver.ts";
import { channelDeps, toldAlert, toldMessage } from "../testing/told-alert.ts";
import { type ChannelDeps, defaultSendLimits } from "./channel-deps.ts";
import { openChannel } from "./open-channel.ts";
import { secretReader } from "./secret-reader.ts";

const secretOf = (fill: number): string => `whsec_${Buffer.alloc(32, fill).toString("base64")}`;
const secret = secretOf(7);
const signal = new AbortController().signal;
const ok = (_request: ReceivedRequest, response: ServerResponse): void => void response.writeHead(204).end();

const closing: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const opened = (receiver: Receiver, deps: ChannelDeps): Channel => {
  const channel = openChannel(receiver, deps);
  if (isLeft(channel)) throw new Error(channel.left);
  return channel.right;
};

const webhook = (url: string): Receiver => ({
  _tag: "Webhook",
  name: "ops",
  url,
  secret: { _tag: "Environment", name: "OPS_SECRET" },
});

/** A receiver and a channel to it, over the name `hooks.test`, that allows 127.0.0.0/8. */
const meet = async (
  answer: Parameters<typeof openHttpReceiver>[0],
  changes: Partial<ChannelDeps> = {},
  path = "/in",
) => {
  const server = await openHttpReceiver(answer);
  closing.push(server.close);
  const deps = channelDeps({
    readSecret: () => right(secret),
    lookup: async () => ["127.0.0.1"],
    allowPrivate: ["127.0.0.0/8"],
    nowMs: () => Date.now(),
    ...changes,
  });
  const channel = opened(webhook(`http://hooks.test:${server.port}${path}`), deps);
  return { server, send: (message: NotificationMessage = toldMessage()) => channel.send(message, signal) };
};

const headersOf = ({ headers }: ReceivedRequest): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

test("the official library verifies what a receiver gets, under the notification's key", async () => {
  const { server, send } = await meet(ok);
  const message = toldMessage({ alerts: [toldAlert({ summary: "Größe: 21 % ≤ 25 %\r\nX-Evil: 1" })] });
  expect(await send(message)).toMatchObject({ _tag: "Delivered" });
  const [request] = server.received;
  if (request === undefined) throw new Error("nothing came");
  expect(request.headers["webhook-id"]).toBe(message.key);
  expect(request.headers).not.toHaveProperty("x-evil");
  expect(new Webhook(secret).verify(request.body, headersOf(request))).toEqual(message);
  expect(() => new Webhook(secretOf(8)).verify(request.body, headersOf(request))).toThrow();
});

test("a repetition has the same id and a signature of its own time", async () => {
  let nowMs = Date.now() - 600_000;
  const statuses = [503, 200];
  const { server, send } = await meet((_request, response) => void response.writeHead(statuses.shift() ?? 200).end(), {
    nowMs: () => nowMs,
  });
  expect(await send()).toMatchObject({ _tag: "Retry" });
  nowMs += 600_000;
  expect(await send()).toMatchObject({ _tag: "Delivered" });
  const [first, second] = server.received;
  if (first === undefined || second === undefined) throw new Error("two tries are expected");
  expect(second.headers["webhook-id"]).toBe(first.headers["webhook-id"]);
  expect(second.body).toBe(first.body);
  expect(() => new Webhook(secret).verify(first.body, headersOf(first))).toThrow(/too old/u);
  new Webhook(secret).verify(second.body, headersOf(second));
});

test("a secret changed in its file counts from the next message on, and two are both signed with", async () => {
  const folder = mkdtempSync(join(tmpdir(), "leadwire-secret-"));
  closing.push(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "secret");
  writeFileSync(path, `${secretOf(1)}\n`);
  const readSecret = (): ReturnType<ChannelDeps["readSecret"]> => secretReader({})({ _tag: "File", path });
  const { server, send } = await meet(ok, { readSecret });
  await send();
  writeFileSync(path, `${secretOf(2)} ${secretOf(3)}\n`);
  await send();
  writeFileSync(path, "");
  expect(await send()).toEqual({ _tag: "Retry", detail: `There is nothing in the file ${path}: expected a secret.` });
  const verifies = (at: number, fill: number): boolean => {
    const request = server.received[at];
    if (request === undefined) throw new Error("nothing came");
    try {
      new Webhook(secretOf(fill)).verify(request.body, headersOf(request));
      return true;
    } catch {
      return false;
    }
  };
  expect([1, 2, 3].map((fill) => verifies(0, fill))).toEqual([true, false, false]);
  expect([1, 2, 3].map((fill) => verifies(1, fill))).toEqual([false, true, true]);
  expect(server.received).toHaveLength(2);
});

test("redirects are not followed", async () => {
  const inner = await openHttpReceiver(ok);
  closing.push(inner.close);
  for (const status of [301, 302, 307, 308]) {
    const { send } = await meet(
      (_request, response) => void response.writeHead(status, { location: `http://127.0.0.1:${inner.port}/` }).end(),
    );
    expect(await send()).toMatchObject({ _tag: "Refused", detail: expect.stringContaining("not followed") });
  }
  expect(inner.received).toEqual([]);
});

test("a name that leads to a private address is refused before anything is sent", async () => {
  const { server, send } = await meet(ok, { allowPrivate: [] });
  expect(await send()).toMatchObject({ _tag: "Refused", detail: expect.stringContaining("allow_private") });
  expect(server.received).toEqual([]);
});

test("a name is resolved once per message: what answers otherwise a second time leads nowhere else", async () => {
  const answers = [["127.0.0.1"], ["10.0.0.1"]];
  let asked = 0;
  const { server, send } = await meet(ok, { lookup: async () => answers[asked++] ?? [] });
  expect(await send()).toMatchObject({ _tag: "Delivered" });
  expect(asked).toBe(1);
  expect(await send()).toMatchObject({ _tag: "Refused" });
  expect(server.received).toHaveLength(1);
});

test.each([
  ["http://127.0.0.1/"],
  ["http://2130706433/"],
  ["http://0x7f.0.0.1/"],
  ["http://0177.1/"],
  ["http://[::1]/"],
  ["http://[::ffff:127.0.0.1]/"],
  ["http://[64:ff9b::7f00:1]/"],
  ["http://169.254.169.254/latest/meta-data/"],
  ["http://１２７.０.０.１/"],
])("%s is refused when it is configured", (url) => {
  expect(openChannel(webhook(url), channelDeps({ readSecret: () => right(secret) }))).toMatchObject({
    left: expect.stringContaining("allow_private"),
  });
});

test.each([
  ["https://ops:hunter22@hooks.example/", "has a user or a password"],
  ["https://ops:hunter22@hooks.example:99999/", "is none"],
  ["ftp://hooks.example/", "does not begin with https://"],
  ["file:///etc/passwd", "does not begin with https://"],
  ["hooks.example", "is none"],
])("%s is no address to post to", (url, text) => {
  const channel = openChannel(webhook(url), channelDeps({ readSecret: () => right(secret) }));
  expect(channel).toMatchObject({ left: expect.stringContaining(text) });
  expect(JSON.stringify(channel)).not.toContain("hunter22");
});

test.each([["plainsecret"], ["whsec_dG9vIHNob3J0"], ["whsec_%%%"], [`${secret} other`]])(
  "%s is no secret, and is not repeated",
  (text) => {
    const channel = openChannel(webhook("https://hooks.example/"), channelDeps({ readSecret: () => right(text) }));
    expect(channel).toMatchObject({ left: expect.stringContaining("openssl rand -base64 32") });
    expect(JSON.stringify(channel)).not.toContain(text);
  },
);

test("an endless body costs what is read of it", async () => {
  const limits = { ...defaultSendLimits, answerMsMax: 600_000 };
  const filler = "x".repeat(16_384);
  let isCut = false;
  const { send } = await meet(
    (_request, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!isCut && response.write(filler));
      };
      response.on("drain", more);
      response.on("close", () => {
        isCut = true;
      });
      more();
    },
    { limits },
  );
  expect(await send()).toMatchObject({ _tag: "Delivered" });
  await expect.poll(() => isCut, { timeout: 10_000 }).toBe(true);
});

test("a body that comes drop by drop is not waited for: the status has been said", async () => {
  const limits = { ...defaultSendLimits, answerMsMax: 50 };
  const { send } = await meet((_request, response) => void response.writeHead(410).write("g"), { limits });
  expect(await send()).toMatchObject({ _tag: "Refused" });
});

test("a receiver that does not answer is left after the time limit", async () => {
  const limits = { ...defaultSendLimits, timeMsMax: 100 };
  const { server, send } = await meet(() => undefined, { limits });
  const outcome = await send();
  expect(outcome).toEqual({ _tag: "Retry", detail: `hooks.test:${server.port}: no answer within 0.1 s.` });
});

test("a name server that does not answer is left after the time limit", async () => {
  const limits = { ...defaultSendLimits, timeMsMax: 100 };
  const { send } = await meet(ok, { limits, lookup: () => new Promise(() => undefined) });
  expect(await send()).toMatchObject({ _tag: "Retry" });
});

test("what is stopped is no failure of the receiver's and is tried again", async () => {
  const stop = new AbortController();
  const server = await openHttpReceiver(() => stop.abort());
  closing.push(server.close);
  const deps = channelDeps({ readSecret: () => right(secret), allowPrivate: ["127.0.0.1"] });
  const channel = opened(webhook(`http://127.0.0.1:${server.port}/`), deps);
  expect(await channel.send(toldMessage(), stop.signal)).toEqual({ _tag: "Retry", detail: "Sending was stopped." });
});

test("a connection that is cut and a port that nobody listens on are tried again", async () => {
  const { server, send } = await meet((_request, response) => void response.destroy());
  expect(await send()).toMatchObject({ _tag: "Retry", detail: expect.stringContaining("ECONNRESET") });
  await server.close();
  expect(await send()).toMatchObject({ _tag: "Retry", detail: expect.stringContaining("ECONNREFUSED") });
});

test("TLS is verified: the authority and the host's name", async () => {
  const certificate = testCertificate("hooks.test");
  const server = await openHttpReceiver(ok, certificate);
  closing.push(server.close);
  const trusting = { authorities: certificate.cert };
  const sendTo = async (host: string, changes: Partial<ChannelDeps>) => {
    const deps = channelDeps({
      readSecret: () => right(secret),
      lookup: async () => ["127.0.0.1"],
      allowPrivate: ["127.0.0.1"],
      ...changes,
    });
    return opened(webhook(`https://${host}:${server.port}/`), deps).send(toldMessage(), signal);
  };
  expect(await sendTo("hooks.test", trusting)).toMatchObject({ _tag: "Delivered" });
  expect(await sendTo("hooks.test", {})).toMatchObject({
    _tag: "Retry",
    detail: expect.stringContaining("certificate"),
  });
  expect(await sendTo("other.test", trusting)).toMatchObject({
    _tag: "Retry",
    detail: expect.stringContaining("ERR_TLS_CERT_ALTNAME_INVALID"),
  });
  expect(server.received).toHaveLength(1);
});

test("a Slack address stands in no text, whatever the receiver answers", async () => {
  const path = "/services/T0AAAA/B0BBBB/s3cretT0ken";
  const answers: ReadonlyArray<readonly [number, string]> = [
    [404, "no_service"],
    [404, `no such thing: ${path}`],
    [500, "token s3cretT0ken"],
    [200, "ok"],
  ];
  let at = 0;
  const server = await openHttpReceiver((_request, response) => {
    const [status, body] = answers[at++] ?? [200, ""];
    response.writeHead(status).end(body);
  });
  closing.push(server.close);
  let url = `http://hooks.test:${server.port}${path}`;
  const deps = channelDeps({
    readSecret: () => right(url),
    lookup: async () => ["127.0.0.1"],
    allowPrivate: ["hooks.test"],
  });
  const receiver: Receiver = { _tag: "Slack", name: "sales", url: { _tag: "Environment", name: "SLACK_URL" } };
  const channel = opened(receiver, deps);
  const outcomes = [];
  for (const _ of answers) outcomes.push(await channel.send(toldMessage(), signal));
  await server.close();
  outcomes.push(await channel.send(toldMessage(), signal));
  url = "s3cretT0ken is no address";
  outcomes.push(await channel.send(toldMessage(), signal));
  expect(outcomes.map(({ _tag }) => _tag)).toEqual(["Refused", "Refused", "Retry", "Delivered", "Retry", "Retry"]);
  expect(outcomes[0]?.detail).toContain("SLACK_URL answered 404: no_service.");
  expect(JSON.stringify(outcomes)).not.toMatch(/s3cret|T0AAAA/u);
  expect(JSON.parse(server.received[0]?.body ?? "{}")).toHaveProperty("blocks");
});
