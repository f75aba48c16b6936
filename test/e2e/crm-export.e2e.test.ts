import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { randomOf } from "./crash-run.ts";
import { leadwire, leadwireJson, type Served, serve, sharedData, temporaryDataDir } from "./leadwire-process.ts";

const folder = join(sharedData, "crm-sales-opportunities");
const required = process.env.CI === "true";

interface Answer {
  readonly group: Record<string, string>;
  readonly value: number;
  readonly numerator?: number;
  readonly denominator?: number;
}

const importInto = (dataDir: string, file: string): Promise<unknown> =>
  leadwireJson("import", file, "--mapping", "crm-sales-opportunities", "--data-dir", dataDir);

const kpi = (dataDir: string, ...args: ReadonlyArray<string>): Promise<ReadonlyArray<Answer>> =>
  leadwireJson("kpi", ...args, "--data-dir", dataDir) as Promise<ReadonlyArray<Answer>>;

const questions: ReadonlyArray<ReadonlyArray<string>> = [
  ["win_rate", "--window", "all"],
  ["sales", "--window", "all", "--by", "region"],
  ["sales_cycle_length", "--window", "all", "--by", "owner"],
  ["sales_cycle_length.p50", "--window", "all"],
  ["pipeline_value", "--window", "all", "--by", "team"],
  ["new_leads", "--window", "2017-07", "--by", "product"],
];

const rawAnswers = async (dataDir: string): Promise<ReadonlyArray<string>> => {
  const answers: Array<string> = [];
  for (const question of questions) {
    answers.push((await leadwire("kpi", ...question, "--json", "--data-dir", dataDir)).stdout);
  }
  return answers;
};

describe.skipIf(!required && !existsSync(folder))("the real CRM export", () => {
  const data = temporaryDataDir();
  let summary: unknown;
  let server: Served | undefined;
  // Imported by a command of its own; everything after asks the process that serves.
  beforeAll(async () => {
    summary = await importInto(data.path, join(folder, "sales_pipeline.csv"));
    server = await serve(data.path);
  });
  afterAll(async () => {
    server?.child.kill("SIGINT");
    await server?.finished;
    data.dispose();
  });

  test("is imported whole, but for the rows without a date", () => {
    expect(summary).toMatchObject({
      rows: { read: 8_800, placed: 8_300, quarantined: 500, quarantined_by_reason: { missing_field: 500 } },
      events: { sent: 23_311, applied: 23_311, duplicate: 0, quarantined: 0 },
    });
  });

  test("gives the figures that were worked out from the file", async () => {
    expect(await kpi(data.path, "win_rate", "--window", "all")).toMatchObject([{ numerator: 4238, denominator: 6711 }]);
    expect((await kpi(data.path, "win_rate", "--window", "all"))[0]?.value).toBeCloseTo(0.6315005, 7);
    expect(await kpi(data.path, "new_leads", "--window", "all")).toMatchObject([{ value: 8300 }]);
    expect(await kpi(data.path, "pipeline_volume", "--window", "all")).toMatchObject([{ value: 1589 }]);
    expect(await kpi(data.path, "sales", "--window", "all")).toMatchObject([{ value: 1_000_553_400, currency: "USD" }]);
    const cycle = await kpi(data.path, "sales_cycle_length.mean", "--window", "all");
    expect((cycle[0]?.value ?? 0) / 86_400).toBeCloseTo(51.78197, 5);
    expect(await kpi(data.path, "sales_cycle_length.p50", "--window", "all")).toMatchObject([{ value: 57 * 86_400 }]);
    expect((await kpi(data.path, "average_deal_size", "--window", "all"))[0]?.value).toBeCloseTo(236_090.9, 1);
    expect(await kpi(data.path, "new_leads", "--window", "2017-07")).toMatchObject([{ value: 1198 }]);
  });

  test("gives the figures of each region", async () => {
    const byRegion = async (metric: string): Promise<Record<string, number>> =>
      Object.fromEntries(
        (await kpi(data.path, metric, "--window", "all", "--by", "region")).map(({ group, value }) => [
          group.region,
          value,
        ]),
      );
    const winRates = await byRegion("win_rate");
    expect(winRates.Central).toBeCloseTo(0.625576, 6);
    expect(winRates.East).toBeCloseTo(0.630248, 6);
    expect(winRates.West).toBeCloseTo(0.639395, 6);
    expect(await byRegion("sales")).toEqual({ Central: 334_629_300, East: 309_059_400, West: 356_864_700 });
    expect(await byRegion("pipeline_volume")).toEqual({ Central: 408, East: 433, West: 748 });
  });

  test("applies nothing when it is imported again, and changes no answer", async () => {
    const before = await rawAnswers(data.path);
    expect(await importInto(data.path, join(folder, "sales_pipeline.csv"))).toMatchObject({
      events: { applied: 0, duplicate: 23_311 },
    });
    expect(await rawAnswers(data.path)).toEqual(before);
  });

  test("gives the same bytes in any order of its rows", async () => {
    const shuffledDir = mkdtempSync(join(tmpdir(), "leadwire-shuffled-"));
    const other = temporaryDataDir();
    let shuffled: Served | undefined;
    try {
      const [heading = "", ...rows] = readFileSync(join(folder, "sales_pipeline.csv"), "utf8").trim().split("\n");
      const random = randomOf(99);
      for (let n = rows.length - 1; n > 0; n -= 1) {
        const m = Math.floor(random() * (n + 1));
        [rows[n], rows[m]] = [rows[m] ?? "", rows[n] ?? ""];
      }
      writeFileSync(join(shuffledDir, "sales_pipeline.csv"), `${[heading, ...rows].join("\n")}\n`);
      for (const lookup of ["accounts.csv", "products.csv", "sales_teams.csv"]) {
        copyFileSync(join(folder, lookup), join(shuffledDir, lookup));
      }
      shuffled = await serve(other.path);
      await importInto(other.path, join(shuffledDir, "sales_pipeline.csv"));
      expect(await rawAnswers(other.path)).toEqual(await rawAnswers(data.path));
    } finally {
      shuffled?.child.kill("SIGINT");
      await shuffled?.finished;
      other.dispose();
      rmSync(shuffledDir, { recursive: true, force: true });
    }
  });

  test("adds up in the ledger, and equals what the log gives anew", async () => {
    expect(await leadwire("ledger", "--data-dir", data.path)).toMatchObject({ code: 0 });
    expect(await leadwire("verify", "--data-dir", data.path)).toMatchObject({ code: 0 });
  });
});
