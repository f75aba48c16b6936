// The import borders of ARCHITECTURE.md. There is no list of exceptions.
const pure = "^packages/(events|funnel|kpis)/src|^packages/stream/src/core";
const test = "\\.test\\.ts$|/testing/|^test/";
const layer = (from, allowed) => ({
  name: `${from}-imports-only-below`,
  severity: "error",
  from: { path: `^packages/${from}/src`, pathNot: test },
  to: { path: "^(packages|services)/", pathNot: `^packages/(${[from, ...allowed].join("|")})/` },
});
const onlyIn = (name, module, place) => ({
  name: `${name}-in-one-place`,
  severity: "error",
  from: { path: "^(packages|services)/", pathNot: `${place}|${test}` },
  to: { path: `node_modules/${module}/` },
});
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    layer("events", []),
    layer("funnel", ["events"]),
    layer("kpis", ["events", "funnel"]),
    layer("log", ["events"]),
    layer("stream", ["events", "funnel", "kpis", "log"]),
    layer("store", ["events", "funnel", "kpis"]),
    {
      name: "pure-code-does-no-io",
      severity: "error",
      from: { path: pure, pathNot: test },
      to: {
        path: "^(node:)?(fs|net|http|https|child_process|worker_threads|os|dns|tls|timers|readline)(/|$)",
        dependencyTypes: ["core"],
      },
    },
    {
      name: "services-meet-through-topics",
      severity: "error",
      from: { path: "^services/([^/]+)/", pathNot: "^services/leadwire/" },
      to: { path: "^services/([^/]+)/", pathNot: "^services/$1/" },
    },
    onlyIn("lmdb", "lmdb", "^packages/(log/src/embedded|stream/src/runtime)/"),
    onlyIn("clickhouse-client", "@clickhouse", "^packages/store/"),
    {
      name: "testing-is-for-tests",
      severity: "error",
      from: { path: "^(packages|services)/", pathNot: test },
      to: { path: "/testing/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "services/wallboard/src/page" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".mts", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
