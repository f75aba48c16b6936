import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../../infra/prometheus/", import.meta.url));

/** With CI set it has to be there. */
const hasPromtool = (() => {
  if (spawnSync("promtool", ["--version"]).status === 0) return true;
  if (process.env.CI !== undefined)
    throw new Error("promtool is not installed: infra/ci/install-promtool.sh does it on Debian.");
  return false;
})();

const promtool = (...args: ReadonlyArray<string>): string =>
  execFileSync("promtool", [...args], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

test.skipIf(!hasPromtool)("Prometheus takes the example configuration and every alert", () => {
  expect(promtool("check", "config", "prometheus.yaml")).toContain("valid prometheus config");
  expect(promtool("check", "rules", "rules.yaml")).toMatch(/SUCCESS: \d+ rules found/u);
});

test.skipIf(!hasPromtool)("the alerts ring when they should, and are quiet while all is well", () => {
  expect(promtool("test", "rules", "rules.test.yaml")).toContain("SUCCESS");
});
