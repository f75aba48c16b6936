import { defineConfig } from "vitest/config";

const named = (name: string, include: string[], testTimeout: number, parallel: boolean) => ({
  test: { name, include, testTimeout, hookTimeout: testTimeout, fileParallelism: parallel, pool: "forks" as const },
});

/** `unit` needs no disk, network or clock; `integration` runs a real log and a real ClickHouse; `e2e` whole processes. */
export default defineConfig({
  test: {
    projects: [
      named(
        "unit",
        ["{packages,services,test}/**/*.test.ts", "!**/*.{int,e2e}.test.ts", "!**/node_modules/**"],
        20_000,
        true,
      ),
      named("integration", ["{packages,services,test}/**/*.int.test.ts", "!**/node_modules/**"], 60_000, false),
      named("e2e", ["{packages,services,test}/**/*.e2e.test.ts", "!**/node_modules/**"], 180_000, false),
    ],
  },
});
