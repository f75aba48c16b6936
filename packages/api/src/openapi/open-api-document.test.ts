import { questionNames } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { expect, test } from "vitest";
import { openApiDocument } from "./open-api-document.ts";

const document = openApiDocument(catalogue);

/** Every object in a tree of JSON. */
function* objectsIn(tree: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (Array.isArray(tree)) for (const item of tree) yield* objectsIn(item);
  else if (typeof tree === "object" && tree !== null) {
    yield { ...tree };
    for (const item of Object.values(tree)) yield* objectsIn(item);
  }
}

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ at: `${method} ${path}`, path, operation })),
);

test("names every metric and statistic that can be asked for", () => {
  expect(document.components.schemas.MetricName).toMatchObject({ enum: questionNames(catalogue) });
  expect(questionNames(catalogue)).toContain("lead_response_time.p90");
});

test("every name that is used is there, and every one that is there is used", () => {
  const used = new Set([...objectsIn(document)].flatMap(({ $ref }) => (typeof $ref === "string" ? [$ref] : [])));
  const there = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect([...used].sort()).toEqual(there.sort());
});

test("each operation has an id of its own, the parameters of its path, an answer and the problems that it may be", () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { at, path, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name);
    const parameters = [...objectsIn(operation.parameters ?? [])];
    const inPath = parameters.filter((one) => one.in === "path").map(({ name }) => name);
    expect([at, inPath]).toEqual([at, named]);
    const statuses = Object.keys(Object(operation.responses));
    expect(
      statuses.some((status) => status.startsWith("2")),
      at,
    ).toBe(true);
    if (path.startsWith("/api/") && path !== "/api/openapi.json") expect(statuses, at).toContain("401");
  }
});
