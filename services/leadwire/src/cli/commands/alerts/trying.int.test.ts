import { encodeEvent, keyOf, topicOf } from "@leadwire/events";
import { defaultWorkspace, parseEventLine } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BacktestDocument } from "../../../backtest/backtest-document.ts";
import type { SealingEngine } from "../../../http/engine-port.ts";
import { openTestCli, type TestCli } from "../../../testing/test-cli.ts";

const rule = (level: string): string => `
rules:
  - id: win-rate-low
    when: win_rate 30d by team < ${level}
    minimum: 2
`;

const lost = (number: number, day: string): ReadonlyArray<string> => [
  `${day} 09:00  lead-created   L${number}  team=north`,
  `${day} 09:01  stage-changed  L${number}  to negotiation`,
  `${day} 09:02  deal-closed    L${number}  lost`,
];
const won = (number: number, day: string): ReadonlyArray<string> =>
  lost(number, day).map((line) => line.replace(/lost$/u, "won 10 EUR"));

const history = [...lost(1, "2026-03-02"), ...lost(2, "2026-03-03"), ...won(3, "2026-03-04"), ...won(4, "2026-03-05")];

const tests = (then: string): string => `
rules: sales.yaml
tests:
  - name: low
    given:
${history.map((line) => `      - ${line}`).join("\n")}
    then:
      - { at: 2026-03-03 09:02, firing: [{ rule: win-rate-low, team: north, value: 0 }] }
      - { at: 2026-03-05 09:02, firing: ${then} }
`;

const workspace = { ...defaultWorkspace, currency: "EUR" };

/** As an import of history: nothing of it was there at the time. */
const importHistory = (engine: SealingEngine): Promise<void> =>
  engine.append(
    history.map((line, index) => {
      const read = parseEventLine(line, { workspace, sourceSystem: "crm", number: index + 1 });
      if (isLeft(read)) throw new Error(read.left);
      const { event } = read.right;
      const headers = { backfill: "import-1" };
      return { topic: topicOf(event.type), key: Buffer.from(keyOf(event)), value: encodeEvent(event), headers };
    }),
  );

let cli: TestCli;
beforeAll(() => {
  cli = openTestCli();
  cli.write("leadwire.yaml", "currency: EUR\n");
  cli.write("sales.yaml", rule("0.25"));
  cli.write("good.yaml", tests("[]"));
  cli.write("bad.yaml", tests("[{ rule: win-rate-low }]"));
  cli.write("unread.yaml", "rules: sales.yaml\ntests: none\n");
  cli.write("draft.yaml", rule("0.4"));
});
afterAll(() => cli.remove());

test("tests of rules pass, and one that fails says what was found and exits with 1", async () => {
  expect(await cli.run("alerts", "test", "good.yaml")).toMatchObject({ code: 0, err: "" });
  const { code, out } = await cli.run("alerts", "test", "good.yaml", "bad.yaml");
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    files: [
      { file: "good.yaml", faults: [], tests: [{ name: "low", ok: true }] },
      {
        file: "bad.yaml",
        tests: [
          {
            ok: false,
            failures: [{ what: "firing", mismatches: [{ expected: { rule: "win-rate-low" }, found: null }] }],
          },
        ],
      },
    ],
  });
});

test("a file of tests that cannot be read is shown with its line, one that is not there is wrong usage", async () => {
  const { code, out } = await cli.run("alerts", "test", "unread.yaml");
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    files: [{ faults: [{ file: "unread.yaml", line: 2, expected: "a list of tests" }] }],
  });
  expect(await cli.run("alerts", "test", "nowhere.yaml")).toMatchObject({ code: 2, out: "" });
});

test("a back-test plays the log's history, and says what another version would change", async () => {
  cli.writeIn("alerts", "sales.yaml", rule("0.25"));
  await cli.whileOpen(async (engine) => {
    await importHistory(engine);
    const args = ["alerts", "backtest", "win-rate-low", "--from", "2026-03-01", "--to", "2026-03-10"];
    const found = await cli.answered<BacktestDocument>(...args, "--against", "draft.yaml");
    expect(found).toMatchObject({
      rule: "win-rate-low",
      events: 12,
      backfilled: 12,
      alerts: [
        {
          labels: { team: "north" },
          fired_at: "2026-03-03T09:02:00.000Z",
          resolved_at: "2026-03-04T09:02:00.000Z",
          value: 0,
          denominator: 2,
          time_to_fire_ms: 0,
        },
      ],
      busiest_day: { day: "2026-03-03", alerts: 1 },
      // The firing, again every four hours of the day that it lasted, and the end.
      notifications: { wallboard: 7 },
      against: {
        both: 1,
        only_here: [],
        only_there: [],
        moved: [{ fires_later_ms: 0, resolves_later_ms: 24 * 3_600_000 }],
      },
    });
    expect(await cli.run(...args.slice(0, 2), "no-such-rule", ...args.slice(3))).toMatchObject({ code: 2 });
    const health = await cli.run("alerts", "backtest", "engine-lag", "--from", "2026-03-01");
    expect(health).toMatchObject({ code: 2, err: expect.stringContaining("the engine's own health") });
    expect(await cli.run(...args, "--time-limit", "soon")).toMatchObject({ code: 2 });
  });
});
