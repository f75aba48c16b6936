import { readFileSync } from "node:fs";
import { catalogue } from "@leadwire/kpis/catalogue";
import { expect, test } from "vitest";
import { openApiDocument } from "../openapi/open-api-document.ts";
import { clientTypes } from "./client-types.ts";

const document = openApiDocument(catalogue);

test("the client's types are those of the document (else: node packages/api/generate.ts)", async () => {
  const written = readFileSync(new URL("./http-types.ts", import.meta.url), "utf8");
  expect(await clientTypes(document)).toBe(written);
});

test("the generator's validator takes the document, and refuses one that is none", async () => {
  // A name that no schema has, and a parameter that is nowhere in its path.
  const [path] = Object.keys(document.paths);
  const broken = { ...document, paths: { [path ?? ""]: { get: { responses: { 200: { $ref: "#/nowhere" } } } } } };
  await expect(clientTypes(broken)).rejects.toThrow();
});
