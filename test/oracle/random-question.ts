import type { Workspace } from "@leadwire/funnel";
import { dimensions } from "@leadwire/funnel";
import { localDate } from "./local-time.ts";
import type { OracleRecord } from "./log-input.ts";
import { oracleMetrics } from "./metric.ts";
import type { DimensionName, OracleQuestion } from "./oracle.ts";
import { type Random, randomOf } from "./random.ts";

const withoutStage: ReadonlyArray<DimensionName> = dimensions.filter((dimension) => dimension !== "stage");

/** The dimensions that all parts of a metric carry. */
export const dimensionsOf = (metric: string): ReadonlyArray<DimensionName> => {
  if (metric === "cac") return ["channel", "campaign"];
  return metric.startsWith("pipeline_") ? dimensions : withoutStage;
};

const instant = (ms: number): string => new Date(ms).toISOString();

/** A window of any form of the grammar, near an instant. */
const windowNear = (random: Random, ms: number, workspace: Workspace): string => {
  const date = localDate(ms, workspace.timeZone);
  const month = String(date.month).padStart(2, "0");
  const week = `${date.yearOfWeek}-W${String(date.weekOfYear).padStart(2, "0")}`;
  return random.pick([
    ...["all", "1h", "24h", "7d", "30d", "90d", "365d", "day", "week", "month", "quarter", "year"],
    ...[`${date.year}`, `${date.year}-Q${random.whole(1, 4)}`, `${date.year}-${month}`, week, date.toString()],
    `${instant(ms - random.whole(1, 40) * 86_400_007)}..${instant(ms)}`,
  ]);
};

/** The part of a random company that questions are made from. */
interface Asked {
  readonly seed: number;
  readonly workspace: Workspace;
  readonly events: ReadonlyArray<OracleRecord>;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Instants worth asking at: those of events and around them, anywhere in between, after everything. */
const askedAtMs = (random: Random, { events, fromMs, toMs }: Asked): number => {
  const { occurred_at } = random.pick(events).event;
  const near = occurred_at + random.pick([-1, 0, 1, 3_600_000]);
  return random.pick([near, near, random.whole(fromMs, toMs), toMs + 40 * 86_400_000]);
};

/** What the spine's catalogue has; by value comes with the full catalogue. */
export const spineMetrics: ReadonlyArray<string> = Object.keys(oracleMetrics).filter(
  (name) => !name.endsWith(".by_value"),
);

/** Seeded questions about a random company: every one of the metrics, form of window and dimension comes up. */
export const randomQuestions = (
  company: Asked,
  count: number,
  metrics: ReadonlyArray<string> = spineMetrics,
): ReadonlyArray<OracleQuestion> => {
  const random = randomOf(company.seed ^ 0x5eed);
  return Array.from({ length: count }, () => {
    const metric = random.pick(metrics);
    const atMs = askedAtMs(random, company);
    const known = dimensionsOf(metric);
    const by = random.chance(0.3)
      ? []
      : random.chance(0.7)
        ? [random.pick(known)]
        : [random.pick(known), "channel" as const];
    const where: OracleQuestion["where"] = random.chance(0.2)
      ? [["channel", random.pick(["web", "fair", "(none)"])]]
      : [];
    return { metric, window: windowNear(random, atMs, company.workspace), atMs, by: [...new Set(by)], where };
  });
};
