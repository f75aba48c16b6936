import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  accountLogTopic,
  decodeEvent,
  eventTopics,
  factsTopic,
  leadKeysTopic,
  metricsTopic,
  seal,
  topicOf,
  unseal,
} from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { LeadKeyTopic, registerDoor } from "@leadwire/ingest";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EmbeddedLog, openEmbeddedLog, RecordCursor } from "@leadwire/log";
import { createProcessor, type Processor } from "@leadwire/processor";
import Fastify, { type FastifyInstance } from "fastify";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";

const partitions = 2;
const generation = "0123456789abcdef";
const nowMs = (): number => Date.now();
let folder = "";
let log: EmbeddedLog;
let processor: Processor;
const doors: Array<{ readonly app: FastifyInstance; readonly keys: LeadKeyTopic; readonly url: string }> = [];

const fail = (cause: unknown): never => {
  throw cause;
};

/** A door as `run ingest` opens it. */
const openDoor = async (): Promise<void> => {
  const keys = new LeadKeyTopic({ log, partitions, randomKey: () => randomBytes(32), onFailure: fail });
  await keys.start();
  const app = Fastify();
  registerDoor(app, {
    nowMs,
    append: async (records) => void (await log.append(records)),
    judge: () => null,
    prepareKeys: keys.prepare,
    sealContact: (leadId, contact) => {
      const key = keys.keyFor(leadId);
      return key === undefined ? undefined : seal(contact, key, leadId);
    },
  });
  doors.push({ app, keys, url: `${await app.listen({ host: "127.0.0.1", port: 0 })}/v1/events` });
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-shared-keys-"));
  log = await openEmbeddedLog({ folder: join(folder, "log"), nowMs });
  const names = [...eventTopics, accountLogTopic(generation), factsTopic(generation), metricsTopic(generation)];
  await log.ensureTopics([...names, leadKeysTopic].map((name) => ({ name, partitions })));
  const stateFolder = join(folder, "state");
  processor = createProcessor({
    stateFolder,
    log,
    nowMs,
    generation,
    partitions,
    measures: catalogue.measures,
    workspace: defaultWorkspace,
    tellsErasures: true,
    onFailure: fail,
  });
  await processor.start();
  await openDoor();
  await openDoor();
});
afterAll(async () => {
  for (const { app, keys } of doors) {
    await app.close();
    await keys.stop();
  }
  await processor.stop();
  await log.close();
  rmSync(folder, { recursive: true });
});

const contact = { name: "Ana Pop", email: "ana@example.com" };
const lead = (event_id: string, more: object = {}) => ({
  type: "lead-created",
  event_id,
  occurred_at: "2026-03-02T08:00:00Z",
  source_system: "web",
  lead_id: "L1",
  contact,
  ...more,
});

const post = async (url: string | undefined, event: object): Promise<void> => {
  const answer = await fetch(url ?? "", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(event),
  });
  expect(answer.status).toBe(200);
};

/** The sealed contacts of the log, in order; undefined where an event has none. */
const sealedContacts = async (): Promise<ReadonlyArray<Uint8Array | undefined>> => {
  const cursor = new RecordCursor();
  const found: Array<Uint8Array | undefined> = [];
  for (let partition = 0; partition < partitions; partition += 1) {
    const { bytes } = await log.read({ topic: topicOf("lead-created"), partition }, 0, 1 << 20);
    cursor.reset(bytes, 0);
    while (cursor.next()) {
      const decoded = decodeEvent(bytes.subarray(cursor.valueStart, cursor.valueEnd));
      if (isLeft(decoded)) throw new Error(decoded.left.detail);
      if (decoded.right.type === "lead-created") found.push(decoded.right.contact_sealed);
    }
  }
  return found;
};

test("a lead-erased at one door takes the lead's key from all doors, by way of the processor", async () => {
  const [first, second] = doors;
  await Promise.all([post(first?.url, lead("e1")), post(second?.url, lead("e2"))]);
  const [one, two] = await sealedContacts();
  const key = first?.keys.keyFor("L1");
  if (key === undefined || one === undefined || two === undefined) throw new Error("nothing was sealed");
  expect(Buffer.from(one)).toEqual(Buffer.from(two));
  expect(unseal(one, key, "L1")).toMatchObject({ right: contact });

  const { contact: _, ...head } = lead("erase", { type: "lead-erased", request_id: "r1" });
  await post(second?.url, head);
  for (const { keys } of doors) await expect.poll(() => keys.keyFor("L1"), { timeout: 5_000 }).toBeUndefined();
  await post(first?.url, lead("e3"));
  expect((await sealedContacts()).at(-1)).toBeUndefined();
});
