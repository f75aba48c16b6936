import { currentSchemas, derivedRegistry } from "@leadwire/events";
import { isLeft, right } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import type { Enrolment } from "./enrolment.ts";
import { RegistryClient } from "./registry-client.ts";
import { defaultPatience, RegistryHttp } from "./registry-http.ts";
import { type ServedRegistry, servedRegistry } from "./served-registry.ts";

/** A registry server that holds these texts by id, and counts how often it is asked. */
class Texts extends RegistryClient {
  asked = 0;
  private readonly texts: ReadonlyMap<number, string>;

  constructor(texts: ReadonlyArray<readonly [number, string]>) {
    super(new RegistryHttp({ url: "http://nowhere.invalid" }, defaultPatience));
    this.texts = new Map(texts);
  }

  override async textOf(id: number) {
    this.asked += 1;
    return right(this.texts.get(id));
  }
}

const spend: Enrolment = {
  name: "spend",
  idNow: 7,
  readable: [{ id: 7, schema: currentSchemas.spend }],
  levelSet: false,
  notices: [],
};

const opened = (client: RegistryClient, notices: string[] = [], enrolments = [spend]): ServedRegistry => {
  const registry = servedRegistry(client, (text) => void notices.push(text), enrolments);
  if (isLeft(registry)) throw new Error(registry.left.message);
  return registry.right;
};

const withField = (type: unknown, more: object = {}): string =>
  JSON.stringify({
    ...currentSchemas.spend,
    fields: [...currentSchemas.spend.fields, { name: "newer", type, ...more }],
  });

describe("a served registry", () => {
  test("writes the server's ids and reads those and the derived ones", () => {
    const registry = opened(new Texts([]));
    expect(registry.idOf("spend")).toBe(7);
    expect(registry.byId(7)?.name).toBe("spend");
    expect(registry.byId(derivedRegistry.idOf("spend"))?.name).toBe("spend");
  });

  test("asks about an id that it meets later, once, and reads the newer schema from then on", async () => {
    const client = new Texts([[8, withField("string")]]);
    const registry = opened(client);
    expect([registry.byId(8), registry.isSettled(8)]).toEqual([undefined, false]);
    await Promise.all([registry.learn(8), registry.learn(8)]);
    await registry.learn(8);
    expect(registry.byId(8)?.schema.fields.at(-1)?.name).toBe("newer");
    expect([registry.isSettled(8), client.asked]).toEqual([true, 1]);
  });

  test("an id that the server does not know is settled as unknown", async () => {
    const client = new Texts([]);
    const registry = opened(client);
    await registry.learn(9);
    await registry.learn(9);
    expect([registry.byId(9), registry.isSettled(9), client.asked]).toEqual([undefined, true, 1]);
  });

  test("a silent server is waited out, until the asking is told to stop", async () => {
    const stop = new AbortController();
    const patience = { ...defaultPatience, attempts: 1, pauseMsMax: 1 };
    // Nobody listens on port 1.
    const client = new RegistryClient(new RegistryHttp({ url: "http://127.0.0.1:1" }, patience, stop.signal));
    const notices: string[] = [];
    const registry = servedRegistry(
      client,
      (text) => {
        if (notices.push(text) === 2) stop.abort();
      },
      [spend],
    );
    if (isLeft(registry)) throw new Error(registry.left.message);
    await registry.right.learn(8);
    expect(notices[0]).toMatch(/schema id 8 wait/);
    expect(registry.right.isSettled(8)).toBe(false);
  });

  test("reads past what Java adds to a text", async () => {
    const registry = opened(new Texts([[8, withField({ type: "string", "avro.java.string": "String" })]]));
    await registry.learn(8);
    expect(registry.byId(8)?.schema.fields.at(-1)?.type).toBe("string");
  });

  test.each([
    ["a field that nothing walks", withField({ type: "map", values: "string" }), /cannot walk field newer/],
    [
      "a field that ours needs and it lacks",
      JSON.stringify({ ...currentSchemas.spend, fields: [] }),
      /channel is new and has no default/,
    ],
    ["a foreign record", '{"type":"record","name":"Shop","fields":[]}', /Shop is none of the records in schemas/],
    ["no schema at all", "oops", /not an Avro record/],
  ])("says why it will not read %s, and goes on", async (_, text, why) => {
    const notices: string[] = [];
    const registry = opened(new Texts([[8, text]]), notices);
    await registry.learn(8);
    expect([registry.byId(8), registry.isSettled(8)]).toEqual([undefined, true]);
    expect(notices).toEqual([expect.stringMatching(why)]);
  });

  test("refuses an id of the server that means another schema among the derived ones", () => {
    const id = derivedRegistry.idOf("lead-created");
    const clash = servedRegistry(new Texts([]), () => undefined, [
      { ...spend, readable: [{ id, schema: currentSchemas.spend }] },
    ]);
    expect(clash).toMatchObject({ left: { _tag: "IdClash", id } });
  });
});
