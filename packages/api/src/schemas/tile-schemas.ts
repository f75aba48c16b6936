import {
  constant,
  epochMs,
  epochMsOrNull,
  flag,
  integer,
  listOf,
  mapOf,
  named,
  number,
  numberOrNull,
  object,
  oneOf,
  type Schema,
  said,
  taggedBy,
  text,
} from "./schema.ts";

type Properties = Readonly<Record<string, Schema>>;

const restated = object(
  { before: numberOrNull, after: numberOrNull, atMs: epochMs, causes: listOf(text) },
  { period: text },
);

const data = (types: ReadonlyArray<string>, own: Properties = {}, optional: Properties = {}): Schema =>
  object(
    {
      id: text,
      type: oneOf(...types),
      changedAtMs: epochMsOrNull,
      source: said(oneOf("live", "asked"), "`live` from slices at every change; `asked` from facts."),
      flags: listOf(text),
      ...own,
    },
    { askedAtMs: epochMs, restated, reason: said(text, "Why there is nothing to show."), ...optional },
  );

const unit = { unit: text };
const currency = { currency: said(text, "ISO 4217.") };

const target = object({
  value: number,
  reached: said(numberOrNull, "value / target."),
  pace: said(numberOrNull, "Where the value should be by now, as a share of the target."),
});

const numberData = data(
  ["number", "gauge"],
  { ...unit, value: numberOrNull, better: oneOf("higher", "lower", "neither") },
  {
    ...currency,
    ...{ numerator: number, denominator: number, count: number, compared: numberOrNull, target },
    course: said(listOf(numberOrNull), "Oldest first, the last one still running; null is a gap."),
  },
);

const rows = listOf(object({ name: text, value: numberOrNull }, { count: number, reached: numberOrNull }));

const alert = object({
  ...{ fingerprint: text, rule: text, severity: text, status: oneOf("pending", "firing", "resolved") },
  ...{ summary: text, startedAtMs: epochMs, labels: mapOf(text) },
});

const lead = object({ lead: text, owner: text, channel: text, createdAtMs: epochMs, dueAtMs: epochMsOrNull });

const shown: Properties = {
  NumberData: numberData,
  SeriesData: data(
    ["line", "bar"],
    { ...unit, startsMs: listOf(epochMs), series: listOf(object({ name: text, values: listOf(numberOrNull) })) },
    { ...currency, addsUp: flag },
  ),
  FunnelData: data(["funnel"], { stages: listOf(object({ stage: text, entries: number, advances: number })) }),
  LeaderboardData: data(["leaderboard"], { ...unit, rows }, currency),
  HistogramData: data(["histogram"], {
    bands: listOf(object({ toSeconds: numberOrNull, count: number })),
    slaSeconds: number,
  }),
  PipelineData: data(
    ["pipeline"],
    { ...unit, stages: listOf(object({ stage: text, amountMinor: number, deals: number })) },
    currency,
  ),
  WaterfallData: data(
    ["waterfall"],
    {
      ...unit,
      startMinor: number,
      steps: listOf(object({ movement: text, amountMinor: number })),
      endMinor: number,
    },
    currency,
  ),
  FeedData: data(["feed"]),
  AlertsData: data(["alerts"], { alerts: listOf(alert) }),
  WaitingData: data(["waiting"], { total: integer, leads: listOf(lead) }),
  StillData: data(["text", "image"]),
};

const boardEvent = object(
  { seq: integer, occurredAtMs: epochMs, kind: text, subject: text },
  { by: text, detail: text, amountMinor: number, currency: text, lateByMs: number },
);

/** What tiles show: numbers and identifiers, no sentences. */
export const tileSchemas: Readonly<Record<string, Schema>> = {
  TileData: taggedBy("type", ...Object.keys(shown).map(named)),
  ...shown,
  BoardSnapshot: object({
    ...{ type: constant("snapshot"), sentAtMs: epochMs, build: text, board: named("BoardDefinition"), etag: text },
    ...{ timeZone: text, currency: text },
    freshness: object(
      { state: oneOf("live", "catching_up", "stale"), completeThroughMs: epochMsOrNull, behindEvents: integer },
      { partsToGo: integer },
    ),
    tiles: listOf(named("TileData")),
    events: listOf(boardEvent),
  }),
};
