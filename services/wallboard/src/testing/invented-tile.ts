import type { TileDefinition } from "../board/board-definition.ts";
import type { TileData, TileHead } from "../board/tile-data.ts";
import { inventNumber, nudgeNumber } from "./invented-number.ts";

/** A plausible company without an engine: what the page's tests and its development look at. Never for production. */

export const reps = ["ana", "bogdan", "carmen", "dan", "elena", "florin", "gabriela", "horia", "ioana", "mihai"];
const teams = ["north", "south", "enterprise"];
const channels = ["google-ads", "linkedin", "organic", "referral", "webinar", "partner", "outbound"];
export const companies = [
  "Acme Robotics",
  "Bluefin Foods",
  "Corvid Labs",
  "Delta Freight",
  "Everly Health",
  "Foxglove Media",
];
const stages = ["qualified", "discovery", "proposal", "negotiation", "contract"];
const hourMs = 3_600_000;
const unitMs = { hour: hourMs, day: 24 * hourMs, week: 168 * hourMs, month: 730 * hourMs } as const;

const groupsOf = (by: string): ReadonlyArray<string> =>
  by === "rep" || by === "owner" ? reps : by === "team" ? teams : channels;

const isMoney = (metric: string): boolean => metric.startsWith("sales") && metric !== "sales_activity";

const unitOf = (metric: string) => (isMoney(metric) ? { unit: "money", currency: "EUR" } : { unit: "leads" });

type Of<Type extends TileDefinition["type"]> = Extract<TileDefinition, { readonly type: Type }>;
type Invent = (nowMs: number, random: () => number) => TileData;

const inventSeries = (tile: Of<"line" | "bar">, nowMs: number, random: () => number): TileData => {
  const stepMs = unitMs[tile.unit];
  const lastMs = Math.floor(nowMs / stepMs) * stepMs;
  const size = isMoney(tile.metric) ? 24_000_000 : 12;
  const names = tile.by === undefined ? [tile.metric] : groupsOf(tile.by).slice(0, 5);
  return {
    ...headOf(tile, nowMs),
    type: tile.type,
    ...unitOf(tile.metric),
    startsMs: Array.from({ length: tile.points }, (_, index) => lastMs - (tile.points - 1 - index) * stepMs),
    series: names.map((name, rank) => ({
      name,
      values: Array.from({ length: tile.points }, (_, index) =>
        Math.round((size / (rank + 1)) * (0.5 + 0.4 * Math.sin(index / 2 + rank) ** 2 + 0.4 * random())),
      ),
    })),
  };
};

const inventLeaderboard = (tile: Of<"leaderboard">, nowMs: number): TileData => {
  const size = isMoney(tile.metric) ? 21_450_000 : 48;
  return {
    ...headOf(tile, nowMs),
    type: "leaderboard",
    ...unitOf(tile.metric),
    rows: groupsOf(tile.by)
      .slice(0, tile.rows)
      .map((name, index) => {
        const value = Math.round(size * 0.86 ** index);
        return {
          name,
          value,
          count: 19 - index,
          ...(tile.target === undefined ? {} : { reached: 1.08 * 0.88 ** index }),
        };
      }),
  };
};

const inventWaiting = (tile: Of<"waiting">, nowMs: number): TileData => ({
  ...headOf(tile, nowMs),
  type: "waiting",
  total: 23,
  leads: Array.from({ length: Math.min(tile.rows, 12) }, (_, index) => {
    const createdAtMs = nowMs - Math.round(31_000 * 1.5 ** index);
    return {
      lead: `${companies[index % companies.length] ?? ""}`,
      owner: index % 4 === 1 ? "" : (reps[index % reps.length] ?? ""),
      channel: channels[index % channels.length] ?? "",
      createdAtMs,
      dueAtMs: createdAtMs + 300_000,
    };
  }),
});

const inventAlerts = (tile: Of<"alerts">, nowMs: number): TileData => ({
  ...headOf(tile, nowMs),
  type: "alerts",
  alerts: [
    ["unanswered-lead", "critical", "firing", "Delta Freight has waited for 31 min", 1_260_000],
    ["win-rate-low", "warning", "firing", "north wins 21 % of its deals", 9 * hourMs],
    ["source-silent", "info", "pending", "web has been silent for longer than usual", 240_000],
    ["engine-lag", "critical", "resolved", "The engine was 48 s behind", 26 * hourMs],
  ].map(([rule, severity, status, summary, agoMs]) => ({
    fingerprint: String(rule),
    rule: String(rule),
    severity: String(severity),
    status: status === "firing" || status === "pending" ? status : "resolved",
    summary: String(summary),
    startedAtMs: nowMs - Number(agoMs),
    labels: {},
  })),
});

const headOf = (tile: TileDefinition, nowMs: number): Omit<TileHead, "type"> => ({
  id: tile.id,
  changedAtMs: nowMs,
  source: "live",
  flags: [],
});

const inventors = (tile: TileDefinition): Invent => {
  switch (tile.type) {
    case "number":
    case "gauge":
      return (nowMs, random) => inventNumber(tile, nowMs, random);
    case "line":
    case "bar":
      return (nowMs, random) => inventSeries(tile, nowMs, random);
    case "leaderboard":
      return (nowMs) => inventLeaderboard(tile, nowMs);
    case "waiting":
      return (nowMs) => inventWaiting(tile, nowMs);
    case "alerts":
      return (nowMs) => inventAlerts(tile, nowMs);
    case "funnel":
      return (nowMs) => ({
        ...headOf(tile, nowMs),
        type: "funnel",
        stages: stages.map((stage, index) => ({
          stage,
          entries: Math.round(1_180 * 0.55 ** index),
          advances: Math.round(1_180 * 0.55 ** (index + 1)),
        })),
      });
    case "histogram":
      return (nowMs) => ({
        ...headOf(tile, nowMs),
        type: "histogram",
        bands: [60, 300, 900, 3_600, 14_400, 86_400, null].map((toSeconds, index) => ({
          toSeconds,
          count: [212, 599, 148, 96, 71, 44, 16][index] ?? 0,
        })),
        slaSeconds: 300,
      });
    case "pipeline":
      return (nowMs) => ({
        ...headOf(tile, nowMs),
        type: "pipeline",
        unit: "money",
        currency: "EUR",
        stages: stages.map((stage, index) => ({
          stage,
          amountMinor: Math.round(410_000_000 * 0.74 ** index),
          deals: Math.round(420 * 0.66 ** index),
        })),
      });
    case "waterfall":
      return (nowMs) => ({
        ...headOf(tile, nowMs),
        type: "waterfall",
        unit: "money",
        currency: "EUR",
        startMinor: 31_200_000,
        steps: [
          { movement: "new", amountMinor: 2_840_000 },
          { movement: "expansion", amountMinor: 1_130_000 },
          { movement: "reactivation", amountMinor: 210_000 },
          { movement: "contraction", amountMinor: -640_000 },
          { movement: "churn", amountMinor: -1_520_000 },
        ],
        endMinor: 33_220_000,
      });
    default:
      return (nowMs) => ({ ...headOf(tile, nowMs), type: tile.type });
  }
};

export const inventTile = (tile: TileDefinition, nowMs: number, random: () => number): TileData =>
  inventors(tile)(nowMs, random);

/** The same tile a little later; most do not move. */
export const nudgeTile = (data: TileData, nowMs: number, random: () => number): TileData => {
  if (data.type === "number" || data.type === "gauge") return nudgeNumber(data, nowMs, random);
  if (data.type !== "leaderboard") return data;
  const lucky = Math.floor(random() * data.rows.length);
  const rows = data.rows.map((row, index) =>
    index === lucky ? { ...row, value: Math.round((row.value ?? 0) * 1.12) + 1 } : row,
  );
  return { ...data, changedAtMs: nowMs, rows: rows.sort((a, b) => (b.value ?? 0) - (a.value ?? 0)) };
};
