import { encodeEvent, keyOf, type SalesEvent, topicOf } from "@leadwire/events";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { QuarantineEntry } from "../../engine/engine.ts";
import { openTestCli, type TestCli } from "../../testing/test-cli.ts";

let cli: TestCli;
beforeEach(() => {
  cli = openTestCli();
});
afterEach(() => cli.remove());

const run: TestCli["run"] = (...args) => cli.run(...args);
const answered: TestCli["answered"] = (...args) => cli.answered(...args);
const whileOpen = (body: () => Promise<void>): Promise<void> => cli.whileOpen(body);

const appendToLog = (event: SalesEvent): Promise<void> =>
  cli.whileOpen((engine) =>
    engine.append([{ topic: topicOf(event.type), key: Buffer.from(keyOf(event)), value: encodeEvent(event) }]),
  );

const workspace = (...more: ReadonlyArray<string>): void =>
  cli.write(
    "leadwire.yaml",
    [
      "currency: USD",
      "rates:",
      "  - { currency: EUR, from: 2026-01-01, rate: 1.10 }",
      "  - { currency: EUR, from: 2026-02-01, rate: 1.205 }",
      "  - { currency: JPY, from: 2026-01-01, rate: 0.0065 }",
      ...more,
    ].join("\n"),
  );

const won = (id: string, on: string, amount: number, currency: string) => ({
  type: "deal-closed" as const,
  event_id: id,
  source_system: "crm",
  occurred_at: `2026-${on}T12:00:00Z`,
  lead_id: `L-${id}`,
  outcome: "won" as const,
  amount_minor: amount,
  currency,
  lines: [],
});

const importLines = async (...events: ReadonlyArray<object | string>): Promise<void> => {
  cli.write("deals.jsonl", events.map((event) => JSON.stringify(event)).join("\n"));
  expect((await run("import", "deals.jsonl")).code).toBe(0);
};

const salesMinor = async (): Promise<unknown> =>
  (await answered<ReadonlyArray<{ value: unknown }>>("kpi", "sales", "--window", "2026"))[0]?.value;
const listed = (): Promise<ReadonlyArray<QuarantineEntry>> => answered("quarantine", "list");
const told = (entries: ReadonlyArray<QuarantineEntry>) =>
  entries.map(({ reason, settled }) => [reason, settled]).sort();

test("amounts without a rate wait in quarantine, and count once when the rate is there and they are replayed", {
  timeout: 90_000,
}, async () => {
  workspace();
  await whileOpen(async () => {
    // 100.00 USD; 100.00 EUR at 1.10; 0.01 EUR at 1.205 is 0.012 USD, rounded to 0.01; 10,000 JPY is 65.00 USD.
    await importLines(
      won("usd", "01-10", 10_000, "USD"),
      won("eur", "01-31", 10_000, "EUR"),
      won("eur2", "02-01", 1, "EUR"),
      won("jpy", "03-01", 10_000, "JPY"),
      won("row", "03-02", 40_000, "PLN"),
    );
    // The same from a producer that writes to the log itself.
    const foreign = won("foreign", "03-03", 20_000, "PLN");
    await appendToLog({
      ...foreign,
      occurred_at: Date.parse(foreign.occurred_at),
      revision: 0,
      voided: false,
    });
    expect(await salesMinor()).toBe(10_000 + 11_000 + 1 + 6_500);
    expect(told(await listed())).toEqual([
      ["missing_rate", undefined],
      ["missing_rate", undefined],
    ]);

    const early = await run("quarantine", "replay", "--reason", "missing_rate");
    expect(early.code).toBe(1);
    expect(JSON.parse(early.out)).toMatchObject({ sent: 0, still: [{}, {}] });
  });

  workspace("  - { currency: PLN, from: 2026-03-01, rate: 0.25 }");
  const waiting = await run("quarantine", "replay", "--reason", "missing_rate");
  expect([waiting.code, waiting.err]).toEqual([1, expect.stringContaining("run npx leadwire rebuild")]);
  // The rate is dated before the newest event, so facts may change: a new generation. It takes what lay in the log.
  expect((await run("rebuild")).code).toBe(0);
  await whileOpen(async () => {
    expect(await salesMinor()).toBe(27_501 + 5_000);

    const replayed = await run("quarantine", "replay", "--reason", "missing_rate");
    expect([replayed.code, JSON.parse(replayed.out)]).toMatchObject([
      0,
      { sent: 2, applied: 1, duplicate: 1, quarantined: 0, still: [], settled: [] },
    ]);
    expect(await salesMinor()).toBe(27_501 + 5_000 + 10_000);
    expect(told(await listed())).toEqual([
      ["missing_rate", "replayed"],
      ["missing_rate", "replayed"],
    ]);
    expect(await answered("quarantine", "replay", "--reason", "missing_rate")).toMatchObject({
      sent: 0,
      settled: [expect.any(String), expect.any(String)],
    });
    expect(await answered("ledger")).toMatchObject({
      balanced: true,
      total: { accepted: 8, applied: 6, duplicate: 1 },
    });
    expect((await run("verify")).code).toBe(0);
  });
});

test("a repaired event is the next revision of the same one, and is refused while it is still bad", async () => {
  workspace();
  await whileOpen(async () => {
    const bad = { ...won("e1", "03-02", 5_000, "USD"), amount_minor: -5_000 };
    await importLines(bad, "no event");
    const entries = await listed();
    const id = entries.find(({ reason }) => reason === "negative_amount")?.id ?? "";
    const refused = await run("quarantine", "repair", id, "--set", "currency=EURO");
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("is not repaired: amount_minor")]);
    const other = await run("quarantine", "repair", id, "--set", "amount_minor=5000", "--set", "event_id=e2");
    expect(other.err).toContain('expected source_system "crm" and event_id "e1"');
    const unrated = await run("quarantine", "repair", id, "--set", "amount_minor=5000", "--set", "currency=PLN");
    expect([unrated.code, unrated.err]).toEqual([1, expect.stringContaining("it would be missing_rate")]);

    expect(await answered("quarantine", "repair", id, "--set", "amount_minor=5000")).toEqual({
      id,
      source_system: "crm",
      event_id: "e1",
      revision: 1,
      outcome: "applied",
    });
    expect(await salesMinor()).toBe(5_000);
    expect((await listed()).find((entry) => entry.id === id)?.settled).toBe("repaired");
    expect((await run("quarantine", "repair", id, "--set", "amount_minor=6000")).err).toContain("was repaired");
    expect(
      await answered("quarantine", "repair", id, "--set", "amount_minor=6000", "--set", "revision=2", "--again"),
    ).toMatchObject({ revision: 2, outcome: "applied" });
    expect(await salesMinor()).toBe(6_000);

    const unread = entries.find(({ reason }) => reason !== "negative_amount")?.id ?? "";
    expect((await run("quarantine", "repair", unread, "--set", "owner=ana")).err).toContain("--file");
    cli.write("mended.json", JSON.stringify(won("e3", "03-05", 700, "USD")));
    expect(await answered("quarantine", "repair", unread, "--file", "mended.json")).toMatchObject({
      outcome: "applied",
    });
    expect(await salesMinor()).toBe(6_700);
    expect(await answered("ledger")).toMatchObject({ balanced: true });
  });
}, 90_000);
