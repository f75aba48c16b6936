import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { generatedFiles } from "../../../../infra/clickhouse/ddl.ts";
import { clusterLayout } from "../model/layout.ts";
import { generationStatements } from "./statements.ts";

test.each([...generatedFiles().keys()])("infra/clickhouse/%s is what the model says", (path) => {
  const file = new URL(`../../../../infra/clickhouse/${path}`, import.meta.url);
  expect(readFileSync(file, "utf8"), "run node infra/clickhouse/main.ts").toBe(generatedFiles().get(path));
});

test("on a cluster every table keeps all versions of a key on one shard, at one place in the keeper", () => {
  const sql = generationStatements(clusterLayout("main"), "1").join(";\n");
  expect(sql).toContain(
    "ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', version)",
  );
  expect(sql).toContain("ENGINE = Distributed(main, leadwire_g_1, facts_latest_local, cityHash64(fact_id))");
  expect(sql).toContain("facts_latest_feed ON CLUSTER main TO leadwire_g_1.facts_latest_local");
});

test("a cluster's name is an identifier: it stands in DDL", () => {
  expect(() => clusterLayout("main; DROP")).toThrow(/expected letters, digits and _/);
});
