import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { LiveState } from "@leadwire/stream";
import { expect, test } from "vitest";
import type { AlertsData } from "../board/tile-data.ts";
import { alertsSource } from "./alerts-source.ts";
import type { BoardAlert } from "./tile-ports.ts";
import type { TileContext } from "./tile-source.ts";

const state = new LiveState({ workspace: defaultWorkspace, catalogue, tasks: [] });
const view: TileContext["view"] = {
  state,
  plan: (question) => state.plan(question),
  answer: (plan) => state.answer(plan, 0),
  onChange: () => () => undefined,
  freshness: () => state.freshness(0, true),
  noteActivity: () => undefined,
};
const definition = (severities: ReadonlyArray<string>) =>
  ({
    id: "alerts",
    type: "alerts",
    severities,
    place: { column: 0, row: 0, columns: 3, rows: 3 },
  }) as const;
const alert = (fingerprint: string, stated: Partial<BoardAlert> = {}): BoardAlert => ({
  fingerprint,
  rule: "win-rate-low",
  severity: "warning",
  status: "firing",
  summary: "north wins 20 % of its deals",
  startedAtMs: 1_000,
  labels: {},
  ...stated,
});

const shown = (data: unknown): ReadonlyArray<string> =>
  (data as AlertsData).alerts.map(({ fingerprint }) => fingerprint);

test("what fires comes first, then by severity, then the newest; the same object until something changes", () => {
  let alerts: ReadonlyArray<BoardAlert> = [
    alert("over", { status: "resolved", severity: "critical" }),
    alert("old"),
    alert("soon", { status: "pending" }),
    alert("new", { startedAtMs: 2_000 }),
    alert("page", { severity: "critical" }),
    alert("odd", { severity: "strange" }),
  ];
  const listeners = new Set<() => void>();
  let told = 0;
  const source = alertsSource(definition([]), {
    view,
    catalogue,
    workspace: defaultWorkspace,
    changed: () => {
      told += 1;
    },
    alerts: {
      alerts: () => alerts,
      onChange: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  });
  const first = source.at(0);
  expect(shown(first)).toEqual(["page", "new", "old", "odd", "soon", "over"]);
  expect(source.at(5_000)).toBe(first);
  alerts = [alert("last")];
  for (const listener of listeners) listener();
  expect(told).toBe(1);
  expect(shown(source.at(6_000))).toEqual(["last"]);
  source.end?.();
  expect(listeners.size).toBe(0);
});

test("only the severities that the tile names; without a source nothing is served", () => {
  const context = { view, catalogue, workspace: defaultWorkspace, changed: () => undefined };
  const alerts = { alerts: () => [alert("a"), alert("b", { severity: "info" })], onChange: () => () => undefined };
  expect(shown(alertsSource(definition(["info"]), { ...context, alerts }).at(0))).toEqual(["b"]);
  expect(alertsSource(definition([]), context).at(0)).toMatchObject({ reason: "not_served" });
});
