import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeEvent, type QuarantinedRecord, type SalesEvent } from "@leadwire/events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ImportOptions, openImport } from "./import-file.ts";
import { builtInMappings, loadMapping } from "./load-mapping.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "leadwire-import-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Imported {
  readonly events: ReadonlyArray<SalesEvent>;
  readonly quarantined: ReadonlyArray<QuarantinedRecord>;
  readonly rows: number;
  readonly skipped: number;
  readonly batches: number;
}

const importAll = async (
  options: Omit<ImportOptions, "timeZone"> & { readonly timeZone?: string },
): Promise<Imported> => {
  const opened = await openImport({ timeZone: "UTC", ...options });
  if (opened._tag === "Left") throw new Error(opened.left.join("\n"));
  const events: SalesEvent[] = [];
  const quarantined: QuarantinedRecord[] = [];
  let [rows, skipped, batches, bytesRead] = [0, 0, 0, 0];
  for await (const batch of opened.right.batches) {
    for (const { value } of batch.records) {
      const decoded = decodeEvent(Buffer.from(value));
      if (decoded._tag === "Left") throw new Error(JSON.stringify(decoded.left));
      events.push(decoded.right);
    }
    quarantined.push(...batch.quarantined);
    rows += batch.rows;
    skipped += batch.skipped;
    batches += 1;
    expect(batch.bytesRead).toBeGreaterThanOrEqual(bytesRead);
    bytesRead = batch.bytesRead;
  }
  expect(bytesRead).toBe(opened.right.totalBytes);
  return { events, quarantined, rows, skipped, batches };
};

const mappingOf = async (nameOrFile: string) => {
  const loaded = await loadMapping(nameOrFile);
  if (loaded._tag === "Left") throw new Error(loaded.left.join("\n"));
  return loaded.right;
};

const put = async (name: string, content: string | Buffer): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

const crmFolder = fileURLToPath(new URL("../../../../../shared/data/crm-sales-opportunities/", import.meta.url));
const pipelineFile = join(crmFolder, "sales_pipeline.csv");

describe.runIf(process.env.CI === "true" || existsSync(pipelineFile))("the CRM Sales Opportunities export", () => {
  test("gives the leads, deals and sales that the file holds, and quarantines the rows without a date", async () => {
    const { events, quarantined, rows } = await importAll({
      path: pipelineFile,
      mapping: await mappingOf("crm-sales-opportunities"),
    });
    const of = (outcome: string) =>
      events.flatMap((one) => (one.type === "deal-closed" && one.outcome === outcome ? [one] : []));
    const created = events.flatMap((event) => (event.type === "lead-created" ? [event] : []));
    expect({ rows, quarantined: quarantined.length, leads: created.length }).toEqual({
      rows: 8800,
      quarantined: 500,
      leads: 8300,
    });
    expect([of("won").length, of("lost").length, created.length - of("won").length - of("lost").length]).toEqual([
      4238, 2473, 1589,
    ]);
    expect(of("won").reduce((sum, deal) => sum + deal.amount_minor, 0)).toBe(1_000_553_400);
    const regionOf = new Map(created.map((lead) => [lead.lead_id, lead.region]));
    const sales = (region: string) =>
      of("won").reduce((sum, deal) => sum + (regionOf.get(deal.lead_id) === region ? deal.amount_minor : 0), 0);
    expect(["Central", "East", "West"].map(sales)).toEqual([334_629_300, 309_059_400, 356_864_700]);
    expect(new Set(created.map((lead) => lead.segment)).has("technolgy")).toBe(false);
    expect(created.every((lead) => lead.product !== "GTXPro" && lead.expected_value_minor !== undefined)).toBe(true);
    for (const row of quarantined) {
      expect(row).toMatchObject({ reason: "missing_field", source_system: "crm-sales-opportunities" });
      expect(row.detail).toContain("engage_date");
      expect(Buffer.from(row.bytes).toString()).toContain("Prospecting");
    }
  });

  test("gives the same events with its rows in another order", async () => {
    const [heading = "", ...rows] = (await readFile(pipelineFile, "utf8")).trimEnd().split("\n");
    for (const name of ["accounts.csv", "products.csv", "sales_teams.csv"])
      await copyFile(join(crmFolder, name), join(folder, name));
    const shuffled = rows.map((row, index) => ({ row, at: (index * 7919) % rows.length })).sort((a, b) => a.at - b.at);
    const path = await put("shuffled.csv", `${heading}\n${shuffled.map(({ row }) => row).join("\n")}\n`);
    const mapping = await mappingOf("crm-sales-opportunities");
    const content = (imported: Imported) => imported.events.map((event) => JSON.stringify(event)).sort();
    expect(content(await importAll({ path, mapping }))).toEqual(
      content(await importAll({ path: pipelineFile, mapping })),
    );
  });
});

const leadsYaml = `source_system: crm
row_key: id
skip: { stage: Test }
events:
  - type: lead-created
    fields: { lead_id: id, occurred_at: created, channel: stage }
`;

describe("a file", () => {
  test("of bad rows loses no good one, and keeps the bytes of each bad one", async () => {
    const mapping = await mappingOf(await put("leads.yaml", leadsYaml));
    const rows = [
      Buffer.from("id,stage,created\r\n"),
      Buffer.from("L1,New,2017-03-01\r\n"),
      Buffer.from("L2,New\r\n"),
      Buffer.from("L3,\0,2017-03-01\r\n"),
      Buffer.from("L4,caf\u00e9,2017-03-01\r\n", "latin1"),
      Buffer.from('L5,"open,2017-03-01\r\n'),
      Buffer.from(`L6,${"x".repeat(10 * 1024 * 1024)},2017-03-01\r\n`),
      Buffer.from("L7,New,2017-13-05\r\n"),
      Buffer.from("L8,Test,\r\n"),
      Buffer.from("L9,Neu\u00df,2017-03-01"),
    ];
    const path = await put("leads.csv", Buffer.concat(rows));
    const imported = await importAll({ path, mapping });
    expect(imported.events.map((event) => (event.type === "lead-created" ? event.lead_id : ""))).toEqual(["L1", "L9"]);
    expect(imported.quarantined.map(({ position, reason }) => [position, reason])).toEqual([
      [3, "malformed_csv"],
      [4, "nul_byte"],
      [5, "wrong_encoding"],
      [6, "malformed_csv"],
      [7, "field_too_large"],
      [8, "bad_date"],
    ]);
    expect(imported).toMatchObject({ rows: 9, skipped: 1 });
    for (const [index, row] of imported.quarantined.entries())
      expect(Buffer.from(row.bytes).equals(rows[index + 2]?.subarray(0, -2) ?? Buffer.alloc(0))).toBe(true);
  });

  test("is handed out in bounded batches", async () => {
    const mapping = await mappingOf(await put("leads.yaml", leadsYaml));
    const rows = Array.from({ length: 5000 }, (_, index) => `L${index},New,2017-03-01\n`).join("");
    const path = await put("many.csv", `id,stage,created\n${rows}`);
    expect(await importAll({ path, mapping, batchEventsMax: 500 })).toMatchObject({ rows: 5000, batches: 10 });
  });

  test("whose event the workspace refuses is quarantined whole", async () => {
    const mapping = await mappingOf(await put("leads.yaml", leadsYaml));
    const path = await put("one.csv", "id,stage,created\nL1,New,2017-03-01\nL2,New,2100-03-01\n");
    const judge = (event: SalesEvent) =>
      event.occurred_at > Date.parse("2018-01-01") ? ({ reason: "in_future", detail: "too late" } as const) : null;
    const imported = await importAll({ path, mapping, judge });
    expect(imported.events).toHaveLength(1);
    expect(imported.quarantined).toMatchObject([{ reason: "in_future", source_system: "crm", position: 3 }]);
  });

  test("of JSON lines needs no mapping", async () => {
    const lead = {
      type: "lead-created",
      event_id: "e1",
      occurred_at: "2026-03-02T08:00:00Z",
      source_system: "web",
      lead_id: "L1",
    };
    const lines = [
      JSON.stringify(lead),
      "{not json}",
      JSON.stringify({ ...lead, colour: "red" }),
      JSON.stringify({ ...lead, event_id: "e2", contact: { email: "a@b.eu" } }),
      "[1]",
    ];
    const path = await put("events.jsonl", `${lines.join("\n")}\n`);
    const sealContact = () => Buffer.from("sealed");
    const imported = await importAll({ path, sealContact });
    expect(imported.events).toMatchObject([
      { event_id: "e1" },
      { event_id: "e2", contact_sealed: Buffer.from("sealed") },
    ]);
    expect(
      imported.quarantined.map(({ position, reason, source_system }) => [position, reason, source_system]),
    ).toEqual([
      [2, "malformed_json", ""],
      [3, "unknown_field", "web"],
      [5, "malformed_json", ""],
    ]);
  });

  test.each([
    ["UTF-16", Buffer.from("\ufeffid,stage,created\n", "utf16le"), "UTF-16"],
    ["nothing", "", "the file is empty"],
    ["other columns", "key,stage\n", 'leads.yaml:2: bad.csv has no column "id"; it has: key, stage'],
  ])("of %s is refused before anything is imported", async (_, content, message) => {
    const mapping = await mappingOf(await put("leads.yaml", leadsYaml));
    const path = await put("bad.csv", content);
    const opened = await openImport({ path, mapping, timeZone: "UTC" });
    expect(opened._tag === "Left" ? opened.left.join("\n") : "").toContain(message);
  });

  test("that is not there is refused, and so is a look-up or a mapping that is not", async () => {
    expect(await openImport({ path: join(folder, "none.csv"), timeZone: "UTC" })).toMatchObject({ _tag: "Left" });
    const yaml = leadsYaml.replace("skip:", "lookups: { owners: { file: none.csv, key: id } }\nskip:");
    const mapping = await mappingOf(await put("lookup.yaml", yaml));
    const opened = await openImport({ path: await put("l.csv", "id,stage,created\n"), mapping, timeZone: "UTC" });
    expect(opened).toMatchObject({
      _tag: "Left",
      left: [expect.stringContaining("lookup.yaml:3: lookups.owners: there is no none.csv")],
    });
    expect(await loadMapping("salesfarce")).toMatchObject({
      _tag: "Left",
      left: [expect.stringContaining("crm-sales-opportunities")],
    });
  });
});

test("every mapping that ships is sound", async () => {
  const names = await builtInMappings();
  expect(names).toContain("crm-sales-opportunities");
  for (const name of names) expect((await loadMapping(name))._tag).toBe("Right");
});

test("the worked example of docs/mappings.md gives the eight events that the page promises", async () => {
  const page = await readFile(new URL("../../../../docs/mappings.md", import.meta.url), "utf8");
  const blocks = [...page.matchAll(/^```\w*\n([\s\S]*?)^```/gmu)].map((match) => match[1] ?? "");
  const block = (head: string): string => blocks.find((one) => one.startsWith(head)) ?? "";
  await put("owners.csv", block("email;"));
  const mapping = await mappingOf(await put("deals.yaml", block("source_system: our-crm")));
  const path = await put("deals.csv", block("Deal ID;"));
  const { events, quarantined } = await importAll({ path, mapping, timeZone: "Europe/Bucharest" });
  expect(quarantined).toEqual([]);
  expect(events.map(({ type, revision }) => [type, revision > 0])).toEqual([
    ["lead-created", true],
    ["stage-changed", true],
    ["deal-closed", true],
    ["lead-created", true],
    ["stage-changed", true],
    ["lead-created", true],
    ["stage-changed", true],
    ["deal-closed", true],
  ]);
  expect(events[0]).toMatchObject({
    occurred_at: Date.parse("2026-03-02T07:15:00Z"),
    owner: "Ana",
    team: "North",
    expected_value_minor: 1_250_000,
  });
  expect(events[2]).toMatchObject({ outcome: "won", amount_minor: 1_250_000, currency: "EUR" });
  expect(events[7]).toMatchObject({ outcome: "lost", amount_minor: 0 });
});

describe("a contact in a row that goes to quarantine", () => {
  const personal = /Zebediah|secret\.example/u;
  const shownOf = ({ detail, bytes }: QuarantinedRecord): string => `${detail} ${Buffer.from(bytes).toString()}`;

  test("is in none of its lines' bytes nor reasons, and the rest of the line is", async () => {
    const head = '"event_id":"e1","occurred_at":"2026-02-30T00:00:00Z","source_system":"web","lead_id":"L1"';
    const { quarantined } = await importAll({
      path: await put(
        "contacts.jsonl",
        [
          `{"type":"lead-created",${head},"contact":{"name":"Zebediah"}}`,
          `{"type":"lead-created",${head.replace("02-30", "02-20")},"contact":"Zebediah"}`,
          `{"type":"lead-created",${head},"contact":{"email":"z@secret.example" Zebediah`,
        ].join("\n"),
      ),
    });
    expect(quarantined.map(({ reason }) => reason)).toEqual(["bad_time", "wrong_type", "malformed_json"]);
    for (const record of quarantined) {
      expect(shownOf(record)).not.toMatch(personal);
      expect(shownOf(record)).toContain('"lead_id":"L1"');
    }
  });

  test("is in none of its columns, whether the row can be split or not", async () => {
    const mapping = await put(
      "contacts.yaml",
      [
        "source_system: crm",
        "row_key: id",
        "events:",
        "  - type: lead-created",
        "    fields: { lead_id: id, occurred_at: when, contact: { name: who, email: mail } }",
      ].join("\n"),
    );
    const rows = ["id,when,who,mail", "1,2026-13-01,Zebediah,z@secret.example", "2,2026-01-01,Zebediah"].join("\n");
    const { quarantined } = await importAll({
      path: await put("contacts.csv", rows),
      mapping: await mappingOf(mapping),
      sealContact: () => Uint8Array.of(1),
    });
    expect(quarantined).toHaveLength(2);
    for (const record of quarantined) expect(shownOf(record)).not.toMatch(personal);
    expect(Buffer.from(quarantined[0]?.bytes ?? []).toString()).toBe("1,2026-13-01,(removed),(removed)");
  });
});
