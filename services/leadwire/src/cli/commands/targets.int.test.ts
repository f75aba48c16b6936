import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runIn } from "../../testing/test-cli.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-targets-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (...args: ReadonlyArray<string>) => runIn(folder, ...args, "--data-dir", "data");

const importTargets = async (...rows: ReadonlyArray<string>) => {
  writeFileSync(join(folder, "targets.csv"), ["metric,scope,period,value,currency", ...rows, ""].join("\n"));
  const { code, out, err } = await run("targets", "import", "targets.csv", "--json");
  expect(err).toBe("");
  return { code, summary: JSON.parse(out) };
};

test("targets of a file count, corrections win and are kept, and what is refused is told", {
  timeout: 90_000,
}, async () => {
  const won = { source_system: "crm", type: "deal-closed", outcome: "won", lines: [], currency: "USD" };
  const close = {
    event_id: "e1",
    lead_id: "L1",
    occurred_at: "2026-02-03T09:00:00Z",
    owner: "ana",
    amount_minor: 45_000,
  };
  writeFileSync(join(folder, "deals.jsonl"), JSON.stringify({ ...won, ...close }));
  expect((await run("import", "deals.jsonl")).code).toBe(0);
  const first = await importTargets(
    "sales,company,2026-02,1000.00,USD",
    "sales,rep:ana,2026-02,500.00,USD",
    "forecast,company,2027-02,700.00,USD",
    "sales,everybody,2026-02,1,USD",
  );
  expect(first).toMatchObject({ code: 1, summary: { rows: 4, added: 3, corrected: 0, unchanged: 0 } });
  expect(first.summary.rejected).toEqual([
    { line: 5, why: 'scope is "everybody": expected company, team:NAME or rep:NAME.' },
  ]);
  const second = await importTargets(
    "sales,company,2026-02,900.00,USD",
    "sales,rep:ana,2026-02,500.00,USD",
    "sales,team:unseen,2026-02,100.00,USD",
  );
  expect(second).toMatchObject({ code: 0, summary: { added: 1, corrected: 1, unchanged: 1, rejected: [] } });

  const attained = await run("kpi", "quota_attainment", "--window", "2026-02", "--json");
  expect(JSON.parse(attained.out)).toMatchObject([{ value: 0.5, numerator: 45_000, denominator: 90_000 }]);
  const counting = { metric: "sales", period: "2026-02", counts: true };
  const listed = await run("targets", "list", "--json");
  expect(JSON.parse(listed.out)).toMatchObject({
    currency: "USD",
    targets: [
      { metric: "forecast", scope: "company", period: "2027-02", value: 70_000 },
      { ...counting, scope: "company", value: 90_000, actual: 45_000, attainment: 0.5 },
      { ...counting, scope: "rep:ana", value: 50_000, actual: 45_000, attainment: 0.9 },
      { ...counting, scope: "team:unseen", value: 10_000 },
    ],
  });
  const all = await run("targets", "list", "--all");
  expect(all.out).toMatch(/sales +company +2026-02 +1,000\.00 USD .* corrected since\n/);
  expect(all.out).toMatch(/sales +team:unseen +2026-02 +100\.00 USD /);
  expect(all.out).toMatch(/sales +company +2026-02 +900\.00 USD +450\.00 USD +50\.00 %/);
});

test("says what to write instead of a file that is no plan", { timeout: 30_000 }, async () => {
  writeFileSync(join(folder, "deals.csv"), "deal,amount\n1,2\n");
  const refused = await run("targets", "import", "deals.csv");
  expect(refused).toMatchObject({ code: 2, out: "" });
  expect(refused.err).toContain('deals.csv: the heading is "deal,amount"; expected metric,scope,period,value');
  expect(await run("targets", "import", "none.csv")).toMatchObject({
    code: 2,
    err: "There is no file none.csv. npx leadwire targets import --help shows what stands in one.\n",
  });
});
