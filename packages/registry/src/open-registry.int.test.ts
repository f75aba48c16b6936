import {
  currentSchemas,
  dayMs,
  derivedRegistry,
  eventCodec,
  fullNameOf,
  publishedSchemas,
  type RecordSchema,
  type SalesEvent,
  type SchemaRegistry,
} from "@leadwire/events";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { encodeBatch, RecordCursor, stampBatch } from "@leadwire/log";
import { PartitionTask } from "@leadwire/stream";
import { dealClosed, leadCreated, stageChanged, touched } from "@leadwire/stream/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startRegistry, type TestRegistry } from "../../../infra/registry/registry-for-tests.ts";
import { enrol } from "./enrolment.ts";
import { openSchemaRegistry } from "./open-registry.ts";
import { RegistryClient } from "./registry-client.ts";
import { defaultPatience, RegistryHttp } from "./registry-http.ts";
import type { ServedRegistry } from "./served-registry.ts";

let server: TestRegistry | undefined;
beforeAll(async () => {
  server = await startRegistry();
}, 120_000);
afterAll(() => server?.stop());

const url = (): string => {
  if (server === undefined) throw new Error("The registry is not up yet.");
  return server.url;
};
const client = (): RegistryClient => new RegistryClient(new RegistryHttp({ url: url() }, defaultPatience));

const open = async (notices: string[] = []): Promise<ServedRegistry> => {
  const registry = await openSchemaRegistry({ url: url(), notice: (text) => void notices.push(text) })();
  if (isLeft(registry)) throw new Error(registry.left.message);
  return registry.right;
};

const right = <A>(answer: { readonly _tag: "Left" } | { readonly _tag: "Right"; readonly right: A }): A => {
  if (answer._tag === "Left") throw new Error(JSON.stringify(answer));
  return answer.right;
};

/** The current spend under another full name, so that tests share one server and no subject. */
const spendAs = (name: string, change: (schema: RecordSchema) => RecordSchema = (schema) => schema): RecordSchema =>
  change({ ...currentSchemas.spend, name });

const withField =
  (field: RecordSchema["fields"][number]) =>
  (schema: RecordSchema): RecordSchema => ({
    ...schema,
    fields: [...schema.fields, field],
  });

describe("at start", () => {
  test("every schema and its former versions are registered once, and a second start uses it again", async () => {
    const notices: string[] = [];
    const first = await open(notices);
    const second = await open(notices);
    for (const [name, schema] of Object.entries(currentSchemas) as Array<[keyof typeof currentSchemas, RecordSchema]>) {
      expect(second.idOf(name), name).toBe(first.idOf(name));
      const versions = publishedSchemas.filter((entry) => entry.name === name).map(({ version }) => version);
      expect(right(await client().versions(fullNameOf(schema))), name).toEqual(versions);
      expect(right(await client().level(fullNameOf(schema))), name).toBe("BACKWARD_TRANSITIVE");
    }
    expect(notices.filter((text) => text.includes("was NONE"))).toHaveLength(1);
  });

  test("a schema that breaks its own history names schema, field, version and fix", async () => {
    const broken = withField({ name: "region", type: "string" })(currentSchemas.spend);
    const refused = await enrol(client(), "spend", broken);
    expect(refused).toMatchObject({ left: { _tag: "SchemaBreaks", schema: "spend" } });
    expect(refused).toMatchObject({
      left: {
        message: expect.stringMatching(
          /schemas\/spend\.avsc .*region is new and has no default \(against version 1 of schemas\/history\/spend\).*default/,
        ),
      },
    });
  });

  test("a version of the registry that ours cannot read is refused, and nothing is registered", async () => {
    const subject = fullNameOf(currentSchemas["target-set"]);
    const registry = client();
    const stranger = {
      ...currentSchemas["target-set"],
      doc: "Of another team.",
      fields: currentSchemas["target-set"].fields.slice(1),
    };
    const own = right(await registry.versions(subject));
    await registry.setLevel(subject, "NONE");
    right(await registry.register(subject, stranger));
    // Not registered before, hence behind the stranger: one more optional field makes it new.
    const next = withField({ name: "note", type: ["null", "string"], default: null })(currentSchemas["target-set"]);
    const refused = await enrol(registry, "target-set", next);
    expect(refused).toMatchObject({
      left: {
        message: expect.stringMatching(/event_id.*against version 2 of leadwire\.v1\.TargetSet in the registry/),
      },
    });
    expect(right(await registry.versions(subject))).toHaveLength(Math.max(own.length, 1) + 1);
  });

  test("what the registry itself refuses with 409 is told in its words", async () => {
    const registry = client();
    const first = spendAs("Refused");
    const subject = fullNameOf(first);
    right(await registry.register(subject, first));
    right(await registry.setLevel(subject, "FULL_TRANSITIVE"));
    const broken = spendAs("Refused", withField({ name: "region", type: "string" }));
    expect(right(await registry.register(subject, broken))).toMatch(/region|fields\/12/);
    expect(right(await registry.objection(subject, broken))).toMatch(/region|fields\/12/);
    expect(right(await registry.versions(subject))).toEqual([1]);
    expect(right(await registry.level(subject))).toBe("FULL_TRANSITIVE");
  });

  test("a newer version of a newer producer is read, at start or when its id is met", async () => {
    const before = await open();
    const newer = withField({ name: "agency", type: ["null", "string"], default: null })(currentSchemas.spend);
    const id = right(await client().register(fullNameOf(newer), newer));
    if (typeof id === "string") throw new Error(id);
    expect(before.byId(id)).toBeUndefined();
    await before.learn(id);
    expect(before.byId(id)?.name).toBe("spend");
    expect((await open()).byId(id)?.name).toBe("spend");
    // This version goes on writing what it writes, although the registry holds a newer one.
    expect((await open()).idOf("spend")).toBe(before.idOf("spend"));
  });
});

describe("records", () => {
  const at = Date.UTC(2026, 2, 2, 9);
  const events: ReadonlyArray<SalesEvent> = [
    leadCreated("L1", at),
    leadCreated("L2", at + 60_000),
    touched("L1", "t1", at + 120_000),
    stageChanged("L1", "qualified", at + dayMs),
    dealClosed("L1", at + 3 * dayMs, 1_200_000),
    dealClosed("L2", at + 2 * dayMs, 0, { outcome: "lost" }),
    leadCreated("L2", at + 60_000),
  ];

  /** Everything that a task tells, without the ids on its records. */
  const told = (values: ReadonlyArray<Buffer>, registry?: SchemaRegistry): ReadonlyArray<string> => {
    const workspace = defaultWorkspace;
    const calendar = new ZoneCalendar(workspace.timeZone);
    const context = { workspace, calendar, generation: "g", partition: 0, partitions: 1 };
    const task = new PartitionTask(
      "leadwire.funnel",
      registry === undefined ? context : { ...context, registry },
      catalogue.measures,
    );
    task.process(
      encodeBatch(
        values.map((value) => ({ key: null, value })),
        0,
        at + 4 * dayMs,
      ),
      values.length,
    );
    const cursor = new RecordCursor();
    return task.takeOutput().flatMap(({ topic, batch }) => {
      stampBatch(batch, 0, 0);
      cursor.reset(batch, 0);
      const texts: string[] = [];
      while (cursor.next()) texts.push(`${topic} ${batch.toString("hex", cursor.valueStart + 5, cursor.valueEnd)}`);
      return texts;
    });
  };

  test("with the registry's ids, with derived ids and with both fold to the same facts and slices", async () => {
    const registry = await open();
    const [served, derived] = [eventCodec(registry), eventCodec(derivedRegistry)];
    const own = events.map((event) => served.encodeEvent(event));
    const old = events.map((event) => derived.encodeEvent(event));
    expect(own[0]?.readInt32BE(1)).toBe(registry.idOf("lead-created"));
    expect(own[0]?.equals(old[0] ?? own[0])).toBe(false);
    const plain = told(old);
    expect(plain.length).toBeGreaterThan(10);
    expect(told(old, registry)).toEqual(plain);
    expect(told(own, registry)).toEqual(plain);
    expect(
      told(
        events.map((_, index) => (index % 2 === 0 ? own : old)[index] as Buffer),
        registry,
      ),
    ).toEqual(plain);
    // Without the registry its ids mean nothing: all is put aside.
    expect(told(own).every((text) => text.startsWith("leadwire.quarantine"))).toBe(true);
  });
});
