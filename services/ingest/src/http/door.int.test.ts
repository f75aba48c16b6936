import { createHash } from "node:crypto";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { decodeEvent, type SalesEvent } from "@leadwire/events";
import type { LogRecord } from "@leadwire/log";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, describe, expect, test } from "vitest";
import { registerDoor } from "./door.ts";
import type { DoorOptions, DoorRequest } from "./door-options.ts";

const lead = (id: string, more: object = {}) => ({
  type: "lead-created",
  event_id: id,
  occurred_at: "2026-03-02T08:00:00Z",
  source_system: "web",
  lead_id: `L-${id}`,
  ...more,
});

const open: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

interface Door {
  readonly url: string;
  readonly appended: LogRecord[];
}

const door = async (options: Partial<DoorOptions> = {}): Promise<Door> => {
  const app = Fastify();
  const appended: LogRecord[] = [];
  registerDoor(app, {
    append: async (records) => void appended.push(...records),
    judge: (event: SalesEvent) =>
      event.type === "stage-changed" && event.to_stage === "nowhere"
        ? { reason: "unknown_stage", detail: 'to_stage "nowhere" is in no pipeline' }
        : null,
    sealContact: (leadId) => Buffer.from(`sealed ${leadId}`),
    nowMs: () => Date.now(),
    ...options,
  });
  open.push(app);
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  return { url: `${address}/v1/events`, appended };
};

const post = async (
  url: string,
  body: string | Buffer,
  type = "application/json",
  headers: Record<string, string> = {},
) => {
  const answer = await fetch(url, { method: "POST", body, headers: { "content-type": type, ...headers } });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as Record<string, unknown> & { results: Array<Record<string, unknown>> },
  };
};

const eventOf = (record: LogRecord | undefined): SalesEvent => {
  const decoded = decodeEvent(Buffer.from(record?.value ?? []));
  if (decoded._tag === "Left") throw new Error(decoded.left.detail);
  return decoded.right;
};

describe("POST /v1/events", () => {
  test("accepts one object, and appends it under its topic, key and source", async () => {
    const { url, appended } = await door();
    const { status, body } = await post(url, JSON.stringify(lead("e1")));
    expect(status).toBe(200);
    expect(body).toEqual({ accepted: 1, refused: 0, results: [{ index: 0, event_id: "e1", status: "accepted" }] });
    expect(appended[0]).toMatchObject({
      topic: "leadwire.funnel",
      key: Buffer.from("L-e1"),
      headers: { source: "web" },
    });
    expect(eventOf(appended[0])).toMatchObject({ event_id: "e1", lead_id: "L-e1" });
  });

  test("answers only once the events are durable", async () => {
    let durable = false;
    const append = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      durable = true;
    };
    const { url } = await door({ append });
    await post(url, JSON.stringify(lead("e1")));
    expect(durable).toBe(true);
  });

  test("places an array event by event: a refused one keeps no other out", async () => {
    const { url, appended } = await door();
    const stage = { ...lead("e2"), type: "stage-changed", to_stage: "nowhere" };
    const { status, body } = await post(url, JSON.stringify([lead("e1"), stage, lead("e3", { owner: 7 }), lead("e4")]));
    expect(status).toBe(422);
    expect(body.results.map(({ status: one, reason, field }) => [one, reason, field])).toEqual([
      ["accepted", undefined, undefined],
      ["refused", "unknown_stage", "to_stage"],
      ["refused", "wrong_type", "owner"],
      ["accepted", undefined, undefined],
    ]);
    expect(appended.map((record) => eventOf(record).event_id)).toEqual(["e1", "e4"]);
  });

  test("reads NDJSON line by line, and refuses only the lines that cannot be read", async () => {
    const { url, appended } = await door();
    const body = Buffer.concat([
      Buffer.from(`${JSON.stringify(lead("e1"))}\r\n\n{"type":\n`),
      Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x0a]),
      Buffer.from(JSON.stringify(lead("e2"))),
    ]);
    const answer = await post(url, body, "application/x-ndjson; charset=utf-8");
    expect(answer.status).toBe(422);
    expect(answer.body.results.map(({ reason }) => reason ?? "accepted")).toEqual([
      "accepted",
      "malformed_json",
      "wrong_encoding",
      "accepted",
    ]);
    expect(appended).toHaveLength(2);
  });

  test("seals a contact before anything is appended, and leaves out that of an erased lead", async () => {
    const contact = { name: "Ana Pop", email: "ana@example.com" };
    const { url, appended } = await door();
    await post(url, JSON.stringify(lead("e1", { contact })));
    expect(Buffer.from(appended[0]?.value ?? []).includes("Ana Pop")).toBe(false);
    expect(eventOf(appended[0])).toMatchObject({ contact_sealed: Buffer.from("sealed L-e1") });
    const erased = await door({ sealContact: () => undefined });
    await post(erased.url, JSON.stringify(lead("e1", { contact })));
    expect(eventOf(erased.appended[0])).not.toHaveProperty("contact_sealed");
  });

  test.each([
    ["unknown_field", "colour", { colour: "red" }],
    ["wrong_type", "revision", { revision: "one" }],
    ["nul_byte", "owner", { owner: "a\0b" }],
    ["bad_time", "occurred_at", { occurred_at: "2026-13-01T00:00:00Z" }],
    ["bad_date", "expected_close_on", { expected_close_on: "2026-02-30" }],
    ["negative_amount", "expected_value_minor", { expected_value_minor: -1, currency: "EUR" }],
    ["unknown_currency", "currency", { expected_value_minor: 1, currency: "EUX" }],
    ["field_too_large", "owner", { owner: "x".repeat(2_000_000) }],
    ["missing_field", "lead_id", { lead_id: null }],
    ["unknown_type", "type", { type: "lead-made" }],
  ])("refuses %s and names %s", async (reason, field, more) => {
    const { url, appended } = await door();
    const { status, body } = await post(url, JSON.stringify(lead("e1", more)));
    expect(status).toBe(422);
    expect(body.results[0]).toMatchObject({ status: "refused", reason, field });
    expect(String(body.results[0]?.message)).toContain(field);
    expect(JSON.stringify(body).length).toBeLessThan(2000);
    expect(appended).toEqual([]);
  });

  test.each([
    ["malformed JSON", Buffer.from('{"type":'), "application/json", 400, "MalformedJson"],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0x7d]), "application/json", 400, "WrongEncoding"],
    ["an empty array", Buffer.from("[]"), "application/json", 400, "NoEvents"],
    ["an empty NDJSON body", Buffer.from("\n\n"), "application/x-ndjson", 400, "NoEvents"],
    ["a type that a form of another site can post", Buffer.from("{}"), "text/plain", 415, "WrongType"],
    [
      "a 10 MB field",
      Buffer.from(JSON.stringify(lead("e1", { owner: "x".repeat(1e7) }))),
      "application/json",
      413,
      "BodyTooLarge",
    ],
  ])("refuses %s whole", async (_what, bytes, type, status, code) => {
    const { url, appended } = await door();
    const answer = await post(url, bytes, type);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(appended).toEqual([]);
  });

  test("refuses a chunked body beyond the limit without a content-length", async () => {
    const { url, appended } = await door({ limits: { bodyBytesMax: 1000 } });
    const stream = new ReadableStream({
      start: (controller) => {
        controller.enqueue(Buffer.from(JSON.stringify(lead("e1", { owner: "x".repeat(5000) }))));
        controller.close();
      },
    });
    const init = { method: "POST", body: stream, duplex: "half", headers: { "content-type": "application/json" } };
    expect((await fetch(url, init as RequestInit)).status).toBe(413);
    expect(appended).toEqual([]);
  });

  test("refuses more events than one request may hold", async () => {
    const { url } = await door({ limits: { eventsMax: 2 } });
    const { status, body } = await post(url, JSON.stringify([lead("a"), lead("b"), lead("c")]));
    expect([status, body.code]).toEqual([413, "TooManyEvents"]);
  });

  test("answers 429 while too many bytes are being worked on, and accepts again after", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { url } = await door({ append: () => held, limits: { bodyBytesMax: 1000, inFlightBytesMax: 1000 } });
    const body = JSON.stringify(lead("e1", { reason: undefined, owner: "x".repeat(600) }));
    const first = post(url, body);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const second = await post(url, body);
    expect([second.status, second.body.code]).toEqual([429, "TooBusy"]);
    release();
    expect((await first).status).toBe(200);
    expect((await post(url, body)).status).toBe(200);
  });

  test("acknowledges nothing when the log cannot append", async () => {
    const full = Object.assign(new Error("No room left to append in /data."), { _tag: "DiskFull" });
    const { url } = await door({ append: () => Promise.reject(full) });
    const { status, body } = await post(url, JSON.stringify(lead("e1")));
    expect(status).toBe(503);
    expect(String(body.detail)).toContain("No room left");
  });

  test("a fault of our own is told here, and not to the sender, who is not asked to come again", async () => {
    const faults: Array<unknown> = [];
    const broken = new Error("a bug, with a path of ours");
    const { url } = await door({ append: () => Promise.reject(broken), onFault: (cause) => faults.push(cause) });
    const { status, body, headers } = await post(url, JSON.stringify(lead("e1")));
    expect([status, body.code, headers.get("retry-after")]).toEqual([500, "Failed", null]);
    expect(String(body.detail)).not.toContain("a path of ours");
    expect(faults).toEqual([broken]);
  });
});

const keyOf = (source: string, key: string) => ({
  source,
  sha256: createHash("sha256").update(key).digest("hex"),
});
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe("keys per source", () => {
  const keys = [keyOf("web", "old-key"), keyOf("web", "new-key"), keyOf("crm", "crm-key"), keyOf("*", "any-key")];

  test.each(["old-key", "new-key", "any-key"])("%s opens the door to events of its source", async (key) => {
    const { url, appended } = await door({ keys });
    expect((await post(url, JSON.stringify(lead("e1")), "application/json", bearer(key))).status).toBe(200);
    expect(appended).toHaveLength(1);
  });

  test.each([
    ["no key", {}, "NoKey"],
    ["another scheme", { authorization: "Basic b2xkLWtleTo=" }, "NoKey"],
    ["an unknown key", bearer("old-kez"), "UnknownKey"],
  ])("answers 401 to %s, and says how to make one", async (_what, headers, code) => {
    const { url, appended } = await door({ keys });
    const answer = await post(url, JSON.stringify(lead("e1")), "application/json", headers);
    expect([answer.status, answer.body.code]).toEqual([401, code]);
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    expect(String(answer.body.detail)).toContain("npx leadwire keys create");
    expect(appended).toEqual([]);
  });

  test("refuses an event of another source than the key's, and only that one", async () => {
    const { url, appended } = await door({ keys });
    const body = JSON.stringify([
      lead("e1", { source_system: "crm" }),
      lead("e2"),
      lead("e3", { source_system: "crm" }),
    ]);
    const answer = await post(url, body, "application/json", bearer("crm-key"));
    expect(answer.status).toBe(422);
    expect(answer.body.results).toMatchObject([
      { index: 0, event_id: "e1", status: "accepted" },
      { index: 1, event_id: "e2", status: "refused", reason: "foreign_source", field: "source_system" },
      { index: 2, event_id: "e3", status: "accepted" },
    ]);
    expect(answer.body.results[1]?.message).toBe(
      'source_system is "web": expected "crm", the source of the key. Use the key of the other source.',
    );
    expect(appended.map((record) => eventOf(record).event_id)).toEqual(["e1", "e3"]);
  });
});

describe("bounds", () => {
  test("a source that sends faster than its rate waits for its debt; another source does not", async () => {
    let nowMs = 1_000;
    const keys = [keyOf("web", "web-key"), keyOf("crm", "crm-key")];
    const { url } = await door({ keys, eventsPerSecondMax: 10, nowMs: () => nowMs });
    const events = JSON.stringify(Array.from({ length: 30 }, (_, index) => lead(`e${index}`)));
    const send = (key: string) => post(url, events, "application/json", bearer(key));
    expect((await send("web-key")).status).toBe(200);
    const refused = await send("web-key");
    expect([refused.status, refused.body.code, refused.headers.get("retry-after")]).toEqual([429, "TooFast", "2"]);
    expect(String(refused.body.detail)).toContain('Source "web" sends more than 10 events per second');
    expect((await send("crm-key")).status).toBe(422);
    nowMs += 2_100;
    expect((await send("web-key")).status).toBe(200);
  });

  test("one source's requests leave room for another's", async () => {
    const keys = [keyOf("web", "web-key"), keyOf("crm", "crm-key")];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const limits = { bodyBytesMax: 1000, sourceInFlightBytesMax: 1000, inFlightBytesMax: 2000 };
    const { url } = await door({ keys, limits, append: () => held });
    const body = JSON.stringify(lead("e1", { owner: "x".repeat(600) }));
    const first = post(url, body, "application/json", bearer("web-key"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const second = await post(url, body, "application/json", bearer("web-key"));
    expect([second.status, String(second.body.detail)]).toEqual([429, expect.stringContaining('source "web"')]);
    const crm = await post(url, JSON.stringify({ type: "x" }), "application/json", bearer("crm-key"));
    expect(crm.status).toBe(422);
    release();
    expect((await first).status).toBe(200);
  });

  test("a body that trickles in is given up, and its bytes are free again", async () => {
    const ended: DoorRequest[] = [];
    const limits = { bodyMsMax: 100, bodyBytesMax: 1000, inFlightBytesMax: 1000 };
    const { url } = await door({ limits, onRequest: (request) => void ended.push(request) });
    const { port } = new URL(url);
    const socket = connect(Number(port), "127.0.0.1");
    const answer = new Promise<string>((resolve) => {
      let text = "";
      socket.on("data", (bytes) => {
        text += bytes.toString();
      });
      socket.on("close", () => resolve(text));
    });
    socket.write(
      "POST /v1/events HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n[",
    );
    expect(await answer).toMatch(/^HTTP\/1.1 408 .*BodyTooSlow/su);
    expect(ended.map(({ outcome }) => outcome)).toEqual(["timed_out"]);
    expect((await post(url, JSON.stringify(lead("e1")))).status).toBe(200);
  });

  test("a body that came in time may wait for the log for longer than a body may take", async () => {
    const append = () => new Promise<void>((resolve) => setTimeout(resolve, 150));
    const { url } = await door({ append, limits: { bodyMsMax: 50 } });
    expect((await post(url, JSON.stringify(lead("e1")))).status).toBe(200);
  });

  test("a log that does not answer is waited for only so long", async () => {
    const { url } = await door({ append: () => new Promise(() => undefined), limits: { appendMsMax: 50 } });
    const answer = await post(url, JSON.stringify(lead("e1")));
    expect([answer.status, answer.body.code, answer.headers.get("retry-after")]).toEqual([503, "AppendTooSlow", "1"]);
  });

  test("a log that is behind answers 429, with when to come again", async () => {
    const behind = Object.assign(new Error("300 bytes wait to be written, 256 is the most."), { _tag: "Overloaded" });
    const { url } = await door({ append: () => Promise.reject(behind) });
    const answer = await post(url, JSON.stringify(lead("e1")));
    expect([answer.status, answer.body.code, answer.headers.get("retry-after")]).toEqual([429, "Overloaded", "1"]);
  });
});

describe("a packed body", () => {
  const gzip = { "content-encoding": "gzip" };

  test("is unpacked", async () => {
    const { url, appended } = await door();
    const body = gzipSync(`${JSON.stringify(lead("e1"))}\n${JSON.stringify(lead("e2"))}`);
    expect((await post(url, body, "application/x-ndjson", gzip)).status).toBe(200);
    expect(appended).toHaveLength(2);
  });

  test("may not unpack to more than a body may hold", async () => {
    const { url, appended } = await door({ limits: { bodyBytesMax: 100_000 } });
    const bomb = gzipSync(Buffer.alloc(50_000_000, " "));
    expect(bomb.length).toBeLessThan(100_000);
    const answer = await post(url, bomb, "application/json", gzip);
    expect([answer.status, answer.body.code]).toEqual([413, "BodyTooLarge"]);
    expect(appended).toEqual([]);
  });

  test.each([
    ["plain text that is called gzip", Buffer.from("[]"), "gzip", 400, "NotGzip"],
    ["gzip that ends early", gzipSync(JSON.stringify(lead("e1"))).subarray(0, 30), "gzip", 400, "NotGzip"],
    ["another packing", Buffer.from("x"), "br", 415, "WrongContentEncoding"],
  ])("that is %s is refused", async (_what, body, encoding, status, code) => {
    const { url } = await door();
    const answer = await post(url, body, "application/json", { "content-encoding": encoding });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

describe("what the door tells", () => {
  test("how each request ended, under the key's source, never under what an event claims", async () => {
    const ended: DoorRequest[] = [];
    const keys = [keyOf("web", "web-key"), keyOf("*", "any-key")];
    const { url } = await door({ keys, onRequest: (request) => void ended.push(request) });
    await post(url, JSON.stringify([lead("e1"), lead("e2", { owner: 7 })]), "application/json", bearer("web-key"));
    await post(url, JSON.stringify(lead("e3", { source_system: "crm" })), "application/json", bearer("any-key"));
    await post(url, "{", "application/json", bearer("web-key"));
    await post(url, "{}", "application/json", bearer("other"));
    await expect.poll(() => ended.length).toBe(4);
    expect(ended.map(({ outcome, source, accepted, refused }) => [outcome, source, accepted, refused])).toEqual([
      ["some_refused", "web", 1, 1],
      ["accepted", "*", 1, 0],
      ["malformed", "web", 0, 0],
      ["unauthorised", "", 0, 0],
    ]);
  });

  test("prepares the keys of a request's leads once, before anything is sealed", async () => {
    const seen: string[] = [];
    const { url } = await door({
      prepareKeys: async (leads) => void seen.push(`prepare ${[...leads].join()}`),
      sealContact: (leadId) => {
        seen.push(`seal ${leadId}`);
        return Buffer.from("sealed");
      },
    });
    const contact = { name: "Ana Pop" };
    await post(url, JSON.stringify([lead("a", { contact }), lead("b"), lead("c", { contact })]));
    expect(seen).toEqual(["prepare L-a,L-c", "seal L-a", "seal L-c"]);
  });

  test("seals nothing and appends nothing where keys cannot be made durable", async () => {
    const away = Object.assign(new Error("No broker answers."), { _tag: "Interrupted" });
    const { url, appended } = await door({ prepareKeys: () => Promise.reject(away) });
    const answer = await post(url, JSON.stringify(lead("e1", { contact: { name: "Ana Pop" } })));
    expect(answer.status).toBe(503);
    expect(appended).toEqual([]);
  });
});
