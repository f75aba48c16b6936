import { decodeEvent, type SalesEvent } from "@leadwire/events";
import type { LogRecord } from "@leadwire/log";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, describe, expect, test } from "vitest";
import { type DoorOptions, registerDoor } from "./door.ts";

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
    ...options,
  });
  open.push(app);
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  return { url: `${address}/v1/events`, appended };
};

const post = async (url: string, body: string | Buffer, type = "application/json") => {
  const answer = await fetch(url, { method: "POST", body, headers: { "content-type": type } });
  return {
    status: answer.status,
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
    const { url } = await door({ append: () => Promise.reject(new Error("No room left to append in /data.")) });
    const { status, body } = await post(url, JSON.stringify(lead("e1")));
    expect(status).toBe(503);
    expect(String(body.detail)).toContain("No room left");
  });
});
