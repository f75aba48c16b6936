import { defineConfig } from "vitest/config";

/** Files that touch nothing outside themselves run side by side and share what was imported: half the time. */
const named = (name: string, include: string[], testTimeout: number, pure: boolean) => ({
  test: {
    name,
    include,
    testTimeout,
    hookTimeout: testTimeout,
    fileParallelism: pure,
    isolate: !pure,
    pool: "forks" as const,
  },
});

/**
 * `unit` needs no disk, network or clock; `integration` runs a real log and a real ClickHouse; `e2e` whole processes. In
 * the whole suite two files of these run at a time: most of them wait most of the time.
 */
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
