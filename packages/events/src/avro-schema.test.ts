import { hash } from "node:crypto";
import { expect, test } from "vitest";
import { canonicalForm } from "./avro-schema.ts";
import { avroType } from "./avro-type.ts";
import { publishedSchemas } from "./schema/published.ts";
import { schemaId } from "./schema-id.ts";

test("the canonical form drops docs, defaults and logical types, and qualifies names", () => {
  const form = canonicalForm({
    type: "record",
    name: "A",
    namespace: "x.y",
    doc: "gone",
    fields: [
      { name: "at", type: { type: "long", logicalType: "timestamp-millis" }, doc: "gone", default: 0 },
      { name: "kind", type: ["null", { type: "enum", name: "K", symbols: ["a"] }], default: null },
      { name: "all", type: { type: "array", items: "string" } },
    ],
  });
  expect(form).toBe(
    '{"name":"x.y.A","type":"record","fields":[{"name":"at","type":"long"},' +
      '{"name":"kind","type":["null",{"name":"x.y.K","type":"enum","symbols":["a"]}]},' +
      '{"name":"all","type":{"type":"array","items":"string"}}]}',
  );
});

test("the fingerprint of int is the one that Avro's own tests state", () => {
  expect(hash("sha256", canonicalForm("int"), "hex")).toBe(
    "3f2b87a9fe7cc9b13835598c3981cd45e3e355309e5090aa0933d7becb6fba45",
  );
  expect(schemaId("int")).toBe(0x3f2b87a9);
});

test.each(publishedSchemas)("avsc computes the same fingerprint of $name $version", ({ schema }) => {
  expect(hash("sha256", canonicalForm(schema), "hex")).toBe(avroType(schema).fingerprint("sha256").toString("hex"));
});
