import { workspaceFaultText } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { embeddedDeployment } from "./deployment.ts";
import { parseDeployment } from "./deployment-file.ts";

const deployed = (...lines: ReadonlyArray<string>) => {
  const read = parseDeployment(lines.join("\n"));
  if (isLeft(read)) throw new Error(read.left.map((fault) => workspaceFaultText(fault, "leadwire.yaml")).join("\n"));
  return read.right;
};

const refused = (...lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const read = parseDeployment(lines.join("\n"));
  return isLeft(read) ? read.left.map((fault) => workspaceFaultText(fault, "leadwire.yaml")) : ["nothing"];
};

test("everything is embedded where nothing is said", () => {
  expect(deployed("")).toEqual(embeddedDeployment);
  expect(deployed("time_zone: Europe/Berlin")).toEqual(embeddedDeployment);
});

test("reads a whole cluster", () => {
  const yaml = [
    "currency: EUR",
    "log: kafka",
    "kafka:",
    "  brokers: [kafka-1:9092, '[::1]:9093']",
    "  partitions: 24",
    "  replicas: 3",
    "  tls: true",
    "  username: leadwire",
    "store: clickhouse",
    "clickhouse: {url: 'https://clickhouse:8443/', user: writer, analyst: reader, cluster: main}",
    "schema_registry: {url: 'http://registry:8080/apis/ccompat/v7', username: avro}",
    "snapshots: {folder: /mnt/snapshots, every: 5 min}",
    "ingest:",
    `  keys: [{source: crm, sha256: ${"AB".repeat(32)}}, {source: '*', sha256: ${"0".repeat(64)}}]`,
    "  rate: {events_per_second: 500}",
    "listen: {host: 0.0.0.0}",
    "wallboard: {access: open}",
  ];
  expect(deployed(...yaml)).toEqual({
    log: {
      _tag: "kafka",
      brokers: ["kafka-1:9092", "[::1]:9093"],
      partitions: 24,
      replicas: 3,
      tls: true,
      username: "leadwire",
    },
    store: {
      _tag: "clickhouse",
      url: "https://clickhouse:8443",
      user: "writer",
      analyst: "reader",
      cluster: "main",
    },
    schemaRegistry: { url: "http://registry:8080/apis/ccompat/v7", username: "avro" },
    snapshots: { folder: "/mnt/snapshots", everyMs: 300_000 },
    ingest: {
      keys: [
        { source: "crm", sha256: "ab".repeat(32) },
        { source: "*", sha256: "0".repeat(64) },
      ],
      eventsPerSecondMax: 500,
    },
    listen: { host: "0.0.0.0" },
    wallboard: { access: "open" },
  });
});

test("one broker needs no list, and twelve partitions are the default", () => {
  expect(deployed("log: kafka", "kafka: {brokers: 'localhost:9092'}").log).toEqual({
    _tag: "kafka",
    brokers: ["localhost:9092"],
    partitions: 12,
    replicas: -1,
    tls: false,
  });
});

test.each([
  [["log: kafka"], "leadwire.yaml:1:1: expected the key kafka, found none."],
  [["log: redis"], 'leadwire.yaml:1:6 log: expected embedded or kafka, found "redis".'],
  [
    ["kafka: {brokers: 'k:9092'}"],
    'leadwire.yaml:1:8 kafka: expected the line "log: kafka" beside it, found log: embedded.',
  ],
  [
    ["log: kafka", "kafka: {brokers: [kafka-1]}"],
    'leadwire.yaml:2:19 kafka.brokers[0]: expected an address host:port, found "kafka-1".',
  ],
  [
    ["log: kafka", "kafka: {brokers: []}"],
    "leadwire.yaml:2:18 kafka.brokers: expected at least one address host:port, found an empty list.",
  ],
  [
    ["store: clickhouse", "clickhouse: {url: 'http://me:secret@ch:8123'}"],
    'leadwire.yaml:2:19 clickhouse.url: expected http://HOST:8123 or https://HOST:8443, found "http://me:secret@ch:8123".',
  ],
  [
    ["ingest: {keys: [{source: crm, sha256: abc}]}"],
    'leadwire.yaml:1:39 ingest.keys[0].sha256: expected 64 hex digits, as npx leadwire keys create prints them, found "abc".',
  ],
  [["wallboard: {access: public}"], 'leadwire.yaml:1:21 wallboard.access: expected open or login, found "public".'],
])("says what is wrong with %j", (lines, message) => {
  expect(refused(...lines)).toEqual([message]);
});

test("tells every fault of the file at once, in the order of its lines", () => {
  const faults = refused("log: kafka", "kafka: {partitions: 0}", "snapshots: {every: 1 ms}", "listn: {}");
  expect(faults.map((fault) => fault.split(":")[1])).toEqual(["2", "2", "3", "3", "4"]);
});
