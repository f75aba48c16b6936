import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { AvroSchema } from "./avro-schema.ts";
import { incompatibilities } from "./compatibility.ts";
import { eventTypes } from "./event.ts";
import { currentSchemas, publishedSchemas, type SchemaName } from "./schema/published.ts";
import { schemaId } from "./schema-id.ts";
import { derivedRegistry } from "./schema-registry.ts";
import {
  activityKinds,
  closeOutcomes,
  directions,
  spendCategories,
  subscriptionReasons,
  surveyKinds,
} from "./vocabulary.ts";

const folder = new URL("../../../schemas/", import.meta.url);
const parse = (path: string): AvroSchema => JSON.parse(readFileSync(new URL(path, folder), "utf8"));
const names = Object.keys(currentSchemas) as SchemaName[];
const versionsOf = (name: string): number[] =>
  readdirSync(new URL(`history/${name}/`, folder))
    .map((file) => Number(file.replace(".avsc", "")))
    .sort((a, b) => a - b);

describe("the contract in schemas/", () => {
  test("holds exactly the schemas that the code knows", () => {
    const files = readdirSync(folder).filter((file) => file.endsWith(".avsc"));
    expect(files.map((file) => file.replace(".avsc", "")).sort()).toEqual([...names].sort());
    expect(names).toEqual(expect.arrayContaining([...eventTypes]));
  });

  test.each(names)("%s is the same in the code as in its file", (name) => {
    expect(currentSchemas[name]).toEqual(parse(`${name}.avsc`));
  });

  test.each(names)("every version of %s is the same in the code as in its file, without a gap", (name) => {
    const published = publishedSchemas.filter((entry) => entry.name === name);
    expect(published.map((entry) => entry.version)).toEqual(versionsOf(name));
    expect(versionsOf(name)).toEqual(versionsOf(name).map((_, index) => index + 1));
    for (const { version, schema } of published) expect(schema).toEqual(parse(`history/${name}/${version}.avsc`));
  });

  test.each(names)("the current %s is published as the newest version of its history", (name) => {
    expect(parse(`${name}.avsc`)).toEqual(parse(`history/${name}/${versionsOf(name).at(-1)}.avsc`));
  });

  test.each(names)("the current %s reads every version of its history", (name) => {
    const history = versionsOf(name).map((version) => ({ version, schema: parse(`history/${name}/${version}.avsc`) }));
    expect(incompatibilities(name, currentSchemas[name], history)).toEqual([]);
  });

  test.each(names)("every field of %s says what it means", (name) => {
    for (const field of currentSchemas[name].fields) expect(field.doc, field.name).toMatch(/\.$/);
  });

  test("the closed vocabularies stand in the order of their enums", () => {
    const symbols = new Map<string, ReadonlyArray<string>>();
    for (const type of eventTypes)
      for (const field of currentSchemas[type].fields)
        if (typeof field.type === "object" && "symbols" in field.type) symbols.set(field.type.name, field.type.symbols);
    expect(Object.fromEntries(symbols)).toEqual({
      ActivityKind: activityKinds,
      ActivityDirection: directions,
      CloseOutcome: closeOutcomes,
      SpendCategory: spendCategories,
      SubscriptionReason: subscriptionReasons,
      SurveyKind: surveyKinds,
    });
  });
});

describe("compatibility", () => {
  const record = (...fields: object[]): AvroSchema => ({ type: "record", name: "R", fields }) as AvroSchema;
  const former = { version: 1, schema: record({ name: "a", type: "string" }) };

  test("a new field without a default breaks", () => {
    const current = record({ name: "a", type: "string" }, { name: "b", type: "string" });
    expect(incompatibilities("r", current, [former])).toMatchObject([{ name: "r", version: 1 }]);
  });

  test("a new field with a default does not", () => {
    const current = record({ name: "a", type: "string" }, { name: "b", type: ["null", "string"], default: null });
    expect(incompatibilities("r", current, [former])).toEqual([]);
  });

  test("a change against the first version is found although the second reads it", () => {
    const second = { version: 2, schema: record({ name: "a", type: ["null", "string"], default: null }) };
    const third = record({ name: "a", type: ["null", "long"], default: null });
    expect(incompatibilities("r", third, [former, second]).map((fault) => fault.version)).toContain(1);
  });
});

describe("derived schema ids", () => {
  test("every published version is found under the id of its schema", () => {
    for (const { name, schema } of publishedSchemas) expect(derivedRegistry.byId(schemaId(schema))?.name).toBe(name);
  });

  test("what is written carries the id of the current schema", () => {
    for (const name of names) expect(derivedRegistry.idOf(name)).toBe(schemaId(currentSchemas[name]));
  });

  test("an id nobody published is unknown", () => {
    expect(derivedRegistry.byId(1)).toBeUndefined();
  });
});
