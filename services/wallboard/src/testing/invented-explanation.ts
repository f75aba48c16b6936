import type { FastifyInstance } from "fastify";
import type { ExplainAnswer, Explanation } from "../board/explain-answer.ts";
import type { TileData } from "../board/tile-data.ts";
import { noBoard, sendProblem } from "../problem.ts";
import type { InventedWall } from "./invented-wall.ts";

type Fact = Explanation["parts"][number]["facts"][number];

const factsInAll = 47;
const hourMs = 3_600_000;
const reps = ["ana", "bogdan", "carmen", ""];

const factAt = (index: number, nowMs: number, wins: boolean): Fact => {
  const atMs = nowMs - index * 7 * hourMs;
  const at = new Date(atMs).toISOString();
  const owner = reps[index % reps.length] ?? "";
  return {
    fact_id: `crm/e${index}/deal_closed/0`,
    kind: "deal_closed",
    outcome: wins || index % 3 === 0 ? "won" : "lost",
    at,
    lead_id: `L-${1_000 + index}`,
    deal_id: index === 0 ? '<img src=x onerror="document.title=1">' : `D-${2_000 + index}`,
    ...(owner === "" ? {} : { owner }),
    count: 1,
    value: 1,
    events: [
      {
        source: "web",
        id: `w${index}`,
        type: "lead-created",
        occurred_at: new Date(atMs - 90 * hourMs).toISOString(),
        as: ["creation"],
      },
      { source: "crm", id: `e${index}`, type: "deal-closed", occurred_at: at, as: ["origin"] },
    ],
  };
};

const partOf = (part: string, count: number, limit: number, nowMs: number): Explanation["parts"][number] => ({
  part,
  what: part === "numerator" ? "count of deal_closed (won)" : "count of deal_closed (won, lost)",
  measure: "deals_closed",
  unit: "count",
  total: count,
  facts_count: count,
  shown: Math.min(limit, count),
  adds_up: true,
  facts: Array.from({ length: Math.min(limit, count) }, (_, index) => factAt(index, nowMs, part === "numerator")),
});

const shownOf = (data: TileData): Pick<Explanation["answer"], "value" | "unit" | "currency"> => {
  if (!("unit" in data)) return { value: factsInAll, unit: "deals" };
  const unit = { unit: data.unit, ...(data.currency === undefined ? {} : { currency: data.currency }) };
  if ("value" in data) return { value: data.value, ...unit };
  if ("series" in data) return { value: data.series[0]?.values.at(-1) ?? null, ...unit };
  return { value: factsInAll, ...unit };
};

/** What stands behind a number of the invented company: forty-seven deals, the newest of them named like markup. */
const inventExplanation = (data: TileData, query: URLSearchParams, nowMs: number): ExplainAnswer => {
  const limit = Number(query.get("limit") ?? 20);
  const group = query.get("group");
  const groups = group === null ? [] : ([["rep", group]] as const);
  const window = { from: new Date(nowMs - 30 * 24 * hourMs).toISOString(), to: new Date(nowMs).toISOString() };
  const asked = `win_rate --window 30d${group === null ? "" : ` --group rep=${group}`}`;
  return {
    tile: data.id,
    question: { metric: "win_rate", window: "30d", group: groups, where: [], at: new Date(nowMs).toISOString() },
    command: `npx leadwire explain ${asked} --at ${new Date(nowMs).toISOString()}`,
    sql: `SELECT countIf(outcome = 'won') / count() AS value\nFROM leadwire.kpi_deals_closed(\n  from = toDateTime64('${window.from.slice(0, 19)}', 3, 'UTC'),\n  to = toDateTime64('${window.to.slice(0, 19)}', 3, 'UTC')\n)`,
    explanation: {
      answer: { ...shownOf(data), numerator: 19, denominator: factsInAll, window, flags: data.flags },
      formula: "(count of deal_closed (won)) / (count of deal_closed (won, lost))",
      adds_up: true,
      parts: [partOf("numerator", 19, limit, nowMs), partOf("denominator", factsInAll, limit, nowMs)],
      plan: [
        {
          kind: "target",
          metric: "win_rate",
          scope: "company",
          period: "2026-11",
          value: 0.3,
          unit: "ratio",
          events: [],
        },
      ],
    },
  };
};

/** The route that the panel asks, over the invented company. */
export const registerInventedExplain = (app: FastifyInstance, wall: InventedWall, nowMs: () => number): void => {
  app.get<{ Params: { id: string; tile: string } }>("/api/boards/:id/tiles/:tile/explain", (request, reply) => {
    const { id, tile } = request.params;
    const data = wall.tiles(id).find((known) => known.id === tile);
    if (data === undefined) return sendProblem(reply, noBoard(id));
    const query = new URLSearchParams(request.url.split("?")[1] ?? "");
    return reply.send(inventExplanation(data, query, nowMs()));
  });
};
