import { type AlertChanged, type AlertRecord, alertsTopic, encodeAlert } from "@leadwire/events";
import { alertsStartMs, sampleTransition } from "@leadwire/events/testing";
import { partitionOf } from "@leadwire/log";
import { afterAll, beforeAll, expect, test } from "vitest";
import { partitions } from "../../../engine/open-engine.ts";
import type { AlertDeliveriesDocument } from "../../../reports/alerts/alert-deliveries.ts";
import type { AlertHistoryDocument } from "../../../reports/alerts/alert-history.ts";
import type { AlertsDocument } from "../../../reports/alerts/alerts.ts";
import type { SilencesDocument } from "../../../reports/alerts/silences.ts";
import { openTestCli, type TestCli } from "../../../testing/test-cli.ts";

const startMs = alertsStartMs;

let cli: TestCli;
beforeAll(() => {
  cli = openTestCli();
  cli.write("leadwire.yaml", "currency: EUR\n");
});
afterAll(() => cli.remove());

const changed = (team: string, ordinal: number, stated: Partial<AlertChanged> = {}): AlertRecord =>
  sampleTransition(ordinal, 1, {
    transition_id: `win-rate-low/${team}/${startMs}/${ordinal}`,
    fingerprint: team,
    labels: { team },
    former: "pending",
    events: ["crm/e1"],
    summary: `${team} wins 20.00 % of its deals`,
    explain: "",
    ...stated,
  });

const planned = (key: string): AlertRecord => ({
  name: "notification-planned",
  record: {
    key,
    epoch: 1,
    receiver: "ops",
    group_key: "0",
    group: {},
    kind: "changed",
    transitions: [],
    alerts: [],
    planned_at: startMs,
  },
});

const settled = (key: string, outcome: "delivered" | "dead"): AlertRecord => ({
  name: "notification-settled",
  record: { key, epoch: 1, receiver: "ops", outcome, attempts: 3, detail: "410 Gone", settled_at: startMs + 5 },
});

test("alerts are listed, silenced, taken care of and told again by commands alone", { timeout: 60_000 }, async () => {
  const records = [
    changed("north", 0),
    changed("south", 0, { status: "pending", former: "inactive" }),
    changed("east", 0),
    changed("east", 1, { former: "firing", status: "resolved" }),
    planned("k1"),
    settled("k1", "dead"),
    planned("k2"),
    settled("k2", "delivered"),
  ];
  await cli.whileOpen(async (engine) => {
    const key = Buffer.from("sales");
    await engine.append(records.map((record) => ({ topic: alertsTopic, key, value: encodeAlert(record) })));

    const first = await cli.answered<AlertsDocument>("alerts", "list");
    expect(first.alerts.map(({ fingerprint, status }) => [fingerprint, status])).toEqual([
      ["north", "firing"],
      ["south", "pending"],
    ]);

    expect(await cli.run("alerts", "silence", "team=north", "--for", "2h")).toMatchObject({
      code: 2,
      err: expect.stringContaining("Say why"),
    });
    const silence = ["alerts", "silence", "team=~n.*", "--for", "2h", "--comment", "fair", "--author", "ana"];
    const { silence_id: id } = await cli.answered<{ silence_id: string }>(...silence);
    const taken = await cli.answered<{ acknowledged: ReadonlyArray<unknown> }>(
      ...["alerts", "ack", "win-rate-low", "--group", "team=north", "--author", "bogdan", "--comment", "on it"],
    );
    expect(taken.acknowledged).toHaveLength(1);
    const [north] = (await cli.answered<AlertsDocument>("alerts", "list")).alerts;
    expect(north).toMatchObject({ silenced_by: [id], acknowledged: { author: "bogdan", comment: "on it" } });

    expect(await cli.answered("alerts", "silence", "--end", id)).toEqual({ silence_id: id });
    expect((await cli.answered<SilencesDocument>("alerts", "silence", "--list")).silences).toEqual([]);
    expect((await cli.answered<SilencesDocument>("alerts", "silence", "--list", "--all")).silences).toMatchObject([
      { silence_id: id, matchers: ["team=~n.*"], author: expect.any(String), state: "expired" },
    ]);
    expect((await cli.answered<AlertsDocument>("alerts", "list")).alerts[0]?.silenced_by).toEqual([]);

    const nobody = await cli.run("alerts", "ack", "win-rate-low", "--group", "team=west", "--author", "ana");
    expect(nobody).toMatchObject({ code: 1, err: expect.stringContaining("These are:\n  win-rate-low  team=north") });

    const history = await cli.answered<AlertHistoryDocument>("alerts", "history", "--limit", "3");
    expect(history.cut).toBe(true);
    expect(history.transitions[0]).toMatchObject({ fingerprint: "east", status: "resolved" });

    const dead = await cli.answered<AlertDeliveriesDocument>("alerts", "deliveries", "--dead");
    expect(dead.deliveries).toMatchObject([
      { key: "k1", outcome: "dead", attempts: 3, detail: "410 Gone", partition: partitionOf(key, partitions) },
    ]);
    expect(await cli.answered("alerts", "resend", "k1", "--author", "ana")).toEqual({ key: "k1", receiver: "ops" });
    expect(await cli.run("alerts", "resend", "k2", "--author", "ana")).toMatchObject({
      code: 1,
      err: expect.stringContaining("was delivered"),
    });
  });
});
