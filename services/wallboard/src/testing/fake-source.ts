import type {
  BoardEvent,
  BoardEventKind,
  BoardFreshness,
  BoardSnapshot,
  BoardTile,
  LiveBoardSource,
} from "../board-source.ts";

/** A plausible company without an engine: what the page's tests and its development look at. Never for production. */
export interface FakeSource extends LiveBoardSource {
  /** Lets `count` events happen at `atMs`, then tells the listeners once. */
  readonly happen: (count: number, atMs: number) => void;
  readonly setFreshness: (freshness: BoardFreshness) => void;
  /** One event of the test's own making. */
  readonly tell: (event: Omit<BoardEvent, "seq">) => void;
  readonly listeners: () => number;
}

const names = ["Ana", "Mihai", "Ioana", "Radu", "Elena", "Vlad", "Maria", "Andrei", "Sorina", "Dan"];
const teams = ["North", "South", "Enterprise"];
const leads = ["Acme Robotics", "Bluefin Foods", "Corvid Labs", "Delta Freight", "Everly Health", "Foxglove Media"];
const kinds: ReadonlyArray<BoardEventKind> = [
  "lead_created",
  "activity",
  "responded",
  "stage_entered",
  "activity",
  "won",
  "lead_created",
  "lost",
];
const details: Readonly<Partial<Record<BoardEventKind, string>>> = {
  lead_created: "google-ads",
  activity: "call",
  responded: "in 2 min 41 s",
  stage_entered: "proposal",
  won: "GTX Pro",
};

/** A small generator of pseudo-random numbers 0 ≤ x < 1 (mulberry32): the same seed gives the same company. */
const seeded = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

type Seed = Omit<BoardTile, "id" | "sparkline" | "flags" | "better"> & {
  readonly better?: BoardTile["better"];
  readonly flags?: ReadonlyArray<string>;
};
const eur = { unit: "money", currency: "EUR" } as const;
const day = { window: "day", windowText: "today", priorText: "yesterday by now" } as const;
const month = { window: "month", windowText: "this month", priorText: "last month by now" } as const;
const rolling = (days: number) =>
  ({ window: `${days}d`, windowText: `last ${days} days`, priorText: `prior ${days} days` }) as const;
const now = { window: "all", windowText: "now", priorText: "a week ago" } as const;
const hourly = "per hour, last 24 hours";
const daily = "per day, last 30 days";

const seeds: ReadonlyArray<Seed> = [
  { metric: "new_leads", title: "New leads", ...day, value: 184, unit: "leads", prior: 162, sparklineText: hourly },
  {
    metric: "lead_response_time.p50",
    title: "Response time, median",
    ...day,
    value: 192,
    unit: "s",
    prior: 231,
    count: 143,
    countText: "answered leads",
    better: "lower",
    sparklineText: hourly,
  },
  {
    metric: "response_within_sla",
    title: "Answered within 5 min",
    ...rolling(7),
    value: 0.684,
    unit: "ratio",
    numerator: 811,
    denominator: 1186,
    prior: 0.652,
    sparklineText: daily,
  },
  {
    metric: "unanswered_leads",
    title: "Unanswered leads",
    ...now,
    value: 23,
    unit: "leads",
    prior: 17,
    better: "lower",
    sparklineText: hourly,
  },
  {
    metric: "sales",
    title: "Sales",
    ...month,
    value: 128_450_000,
    ...eur,
    prior: 114_120_000,
    count: 118,
    countText: "won deals",
    sparklineText: daily,
  },
  {
    metric: "win_rate",
    title: "Win rate",
    ...rolling(30),
    value: 0.312,
    unit: "ratio",
    numerator: 131,
    denominator: 420,
    prior: 0.327,
    sparklineText: daily,
  },
  {
    metric: "average_deal_size",
    title: "Average deal",
    ...rolling(30),
    value: 1_088_559,
    ...eur,
    prior: 1_060_120,
    count: 131,
    countText: "won deals",
    sparklineText: daily,
  },
  {
    metric: "sales_cycle_length.mean",
    title: "Sales cycle, mean",
    ...rolling(90),
    value: 2_462_400,
    unit: "s",
    prior: 2_591_100,
    count: 402,
    countText: "won deals",
    better: "lower",
    sparklineText: daily,
  },
  {
    metric: "pipeline_value",
    title: "Open pipeline",
    ...now,
    value: 1_240_560_000,
    ...eur,
    prior: 1_196_400_000,
    count: 1_143,
    countText: "open deals",
    sparklineText: daily,
  },
  {
    metric: "pipeline_volume",
    title: "Open deals",
    ...now,
    value: 1_143,
    unit: "deals",
    prior: 1_143,
    better: "neither",
    sparklineText: daily,
  },
  {
    metric: "conversion_rate",
    title: "Leads won",
    ...rolling(90),
    value: 0.083,
    unit: "ratio",
    numerator: 7,
    denominator: 84,
    prior: 0.061,
    flags: ["small_sample"],
    sparklineText: daily,
  },
  {
    metric: "cac",
    title: "Cost per new customer",
    ...month,
    value: null,
    ...eur,
    prior: null,
    better: "lower",
    flags: ["zero_denominator"],
    sparklineText: daily,
  },
];

const tilesOf = (random: () => number): BoardTile[] =>
  seeds.map((seed) => {
    const size = seed.value ?? 0;
    const sparkline = Array.from({ length: 24 }, (_, index) =>
      seed.value === null ? null : size * (0.6 + 0.35 * Math.sin(index / 3.5) ** 2 + 0.15 * random()),
    );
    return { better: "higher", flags: [], ...seed, id: `${seed.metric}.${seed.window}`, sparkline };
  });

export const createFakeSource = (startMs: number, seed = 1): FakeSource => {
  const random = seeded(seed);
  const listeners = new Set<() => void>();
  const pick = <T>(from: ReadonlyArray<T>): T => {
    const found = from[Math.floor(random() * from.length)];
    if (found === undefined) throw new Error("Nothing to pick from.");
    return found;
  };
  let tiles = tilesOf(random);
  let feed: BoardEvent[] = [];
  let seq = 0;
  let freshness: BoardFreshness = { state: "live", completeThroughMs: startMs, behindEvents: 0 };
  const sales = names.map((name, index) => ({ name, value: 21_450_000 - index * 2_100_000, count: 19 - index }));

  const make = (atMs: number): BoardEvent => {
    const kind = pick(kinds);
    const amount = kind === "won" || kind === "stage_entered";
    const detail = details[kind];
    return {
      seq: ++seq,
      occurredAtMs: atMs,
      kind,
      subject: pick(leads),
      by: pick(names),
      ...(detail === undefined ? {} : { detail }),
      ...(amount ? { amountMinor: Math.floor(random() * 4_000_000) + 90_000, currency: "EUR" } : {}),
      ...(random() < 0.06 ? { lateByMs: 3 * 3_600_000 + 840_000 } : {}),
    };
  };
  const nudge = (tile: BoardTile): BoardTile => {
    if (tile.value === null) return tile;
    const step = tile.unit === "leads" || tile.unit === "deals" ? 1 : tile.value * 0.004 * (random() - 0.4);
    const value = tile.unit === "ratio" ? Math.min(1, tile.value + step) : Math.round(tile.value + step);
    return { ...tile, value, sparkline: [...tile.sparkline.slice(0, -1), value * 0.9] };
  };
  const announce = (): void => {
    for (const listener of listeners) listener();
  };
  const add = (events: ReadonlyArray<BoardEvent>): void => {
    feed = [...feed, ...events].slice(-60);
  };
  return {
    snapshot: (): BoardSnapshot => ({
      title: "Company",
      locale: "en",
      timeZone: "Europe/Bucharest",
      freshness,
      tiles,
      leaderboards: [
        {
          id: "sales.month.owner",
          title: "Sales",
          windowText: "this month",
          groupText: "Rep",
          countText: "won",
          ...eur,
          rows: sales,
        },
        {
          id: "sales.month.team",
          title: "Sales",
          windowText: "this month",
          groupText: "Team",
          countText: "won",
          ...eur,
          rows: teams.map((name, index) => ({ name, value: 61_200_000 - index * 14_000_000, count: 52 - 11 * index })),
        },
      ],
    }),
    events: (sinceSeq) => feed.filter((event) => event.seq > sinceSeq),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    happen: (count, atMs) => {
      add(Array.from({ length: count }, () => make(atMs)));
      const chosen = pick(tiles).id;
      tiles = tiles.map((tile) => (tile.id === chosen || tile.metric === "new_leads" ? nudge(tile) : tile));
      freshness = { ...freshness, completeThroughMs: atMs };
      announce();
    },
    setFreshness: (next) => {
      freshness = next;
      announce();
    },
    tell: (event) => {
      add([{ ...event, seq: ++seq }]);
      announce();
    },
    listeners: () => listeners.size,
  };
};
