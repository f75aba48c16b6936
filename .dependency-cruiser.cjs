// The import borders of ARCHITECTURE.md. There is no list of exceptions.
// What a package's sources may not know, its tests may not know either: only `testing/` folders are theirs alone.
const pure = "^packages/(events|funnel|kpis|alerts)/src/|^packages/stream/src/core/";
const test = "\\.(test|bench)\\.ts$|/testing/|^test/";
const pureLibraries = "@noble/ciphers|avsc|fp-ts|temporal-polyfill|yaml";

/** A package imports itself and the packages below it, and never a service, test/ or infra/. */
const layer = (from, below) => ({
  name: `${from}-imports-only-below`,
  severity: "error",
  from: { path: `^packages/${from}/`, pathNot: test },
  to: { path: "^(packages|services|test|infra)/", pathNot: `^packages/(${[from, ...below].join("|")})/` },
});

/** A library behind a port is imported by its adapter and by nothing else. */
const onlyIn = (name, module, place) => ({
  name: `${name}-in-one-place`,
  severity: "error",
  from: { pathNot: place },
  to: { path: `node_modules/${module}/` },
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    layer("events", []),
    layer("funnel", ["events"]),
    layer("kpis", ["events", "funnel"]),
    layer("api", ["events", "funnel", "kpis"]),
    layer("log", ["events"]),
    layer("registry", ["events"]),
    layer("stream", ["events", "funnel", "kpis", "log"]),
    layer("alerts", ["events", "funnel", "kpis", "log", "stream"]),
    layer("store", ["events", "funnel", "kpis"]),
    {
      name: "pure-code-does-no-io",
      severity: "error",
      from: { path: pure, pathNot: test },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(buffer|crypto|util)$" },
    },
    {
      name: "pure-code-imports-pure-libraries",
      severity: "error",
      from: { path: pure, pathNot: test },
      to: { path: "node_modules/", pathNot: `node_modules/(${pureLibraries})/` },
    },
    {
      name: "core-knows-no-runtime",
      severity: "error",
      from: { path: "^packages/stream/src/core/", pathNot: test },
      to: { path: "^packages/stream/src/(?!core/)" },
    },
    {
      name: "services-meet-through-topics",
      severity: "error",
      from: { path: "^services/([^/]+)/", pathNot: "^services/leadwire/" },
      to: { path: "^services/([^/]+)/", pathNot: "^services/$1/" },
    },
    {
      name: "services-know-no-test",
      severity: "error",
      from: { path: "^services/", pathNot: test },
      to: { path: "^(test|infra)/" },
    },
    {
      name: "a-client-is-only-a-client",
      severity: "error",
      from: { path: "^packages/api/src/client/", pathNot: `${test}|client-types\\.ts$` },
      to: { path: "^packages/", pathNot: "^packages/api/src/client/" },
    },
    onlyIn("avsc", "avsc", "^packages/events/src/"),
    onlyIn("clickhouse-client", "@clickhouse", "^packages/store/src/|^test/clients/"),
    onlyIn("ffi-rs", "ffi-rs", "^packages/store/src/embedded/"),
    onlyIn("openapi-fetch", "openapi-fetch", "^packages/api/src/client/"),
    onlyIn("kafkajs", "kafkajs", "^packages/log/src/kafka/|^test/bench/|^test/e2e/chaos/"),
    onlyIn("lmdb", "lmdb", "^packages/(log/src/embedded/lmdb-store|stream/src/runtime/state-store)\\.ts$"),
    {
      name: "testing-is-for-tests",
      severity: "error",
      from: { pathNot: test },
      to: { path: "^(packages|services|test)/.*/testing/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".tsx", ".mts", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
