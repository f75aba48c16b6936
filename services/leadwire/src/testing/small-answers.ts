import { createdMs, dayAfterMs, type SmallLead, smallCompany, smallLeads } from "./small-company.ts";

/**
 * What the twenty questions of docs/sql-questions.md come to over the small company, worked out from its table in
 * TypeScript: of each the rows as people read them. SQL, facts and folds have no part in it.
 */
type Cell = string | number | null;
export type Answer = ReadonlyArray<ReadonlyArray<Cell>>;

interface SmallDeal {
  readonly of: SmallLead;
  readonly status: "won" | "lost" | "no_decision" | "open";
  readonly closedMs: number | null;
  readonly amount: number;
  readonly days: number;
}

const dayMs = 86_400_000;
const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, each) => total + each, 0);
/** As ClickHouse rounds: what lies half-way goes to the even digit. */
const rounded = (value: number, digits = 2): number => {
  const scaled = value * 10 ** digits;
  const below = Math.floor(scaled);
  const isUp = scaled - below === 0.5 ? below % 2 === 1 : scaled - below > 0.5;
  return (below + (isUp ? 1 : 0)) / 10 ** digits;
};
const groups = <T>(
  items: ReadonlyArray<T>,
  keyOf: (item: T) => string,
): ReadonlyArray<readonly [string, ReadonlyArray<T>]> =>
  [...Map.groupBy(items, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
/** Nearest rank. */
const rank = (values: ReadonlyArray<number>, percent: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil((percent * values.length) / 100) - 1] ?? Number.NaN;

/** What became of a lead in the end: one came back, one closed in the last week, one was put right. */
const closeOf = (of: SmallLead): SmallLead["close"] => {
  if (of.id === "L02") return ["won", 60, 9500];
  if (of.id === "L18") return ["won", 16, 10000];
  if (of.id === "L04") return ["won", 15, 12000];
  return of.close;
};
const lastMove = (of: SmallLead): number => {
  if (of.id === "L07") return 45000;
  return of.id === "L20" ? 3000 : (of.moves.at(-1)?.[2] ?? 0);
};
const isOpportunity = (of: SmallLead): boolean => of.id === "L20" || of.moves.some(([stage]) => stage === "proposal");

const deals: ReadonlyArray<SmallDeal> = smallLeads.filter(isOpportunity).map((of) => {
  const close = closeOf(of);
  if (close === null) return { of, status: "open", closedMs: null, amount: lastMove(of), days: 0 };
  return { of, status: close[0], closedMs: dayAfterMs(of, close[1]), amount: close[2], days: close[1] };
});
const won = deals.filter(({ status }) => status === "won");
const open = deals.filter(({ status }) => status === "open");
const isWon = (of: SmallLead): boolean => won.some((deal) => deal.of === of);
const answered = smallLeads.filter(({ touch }) => touch !== null);

const answersWithoutWins = (): Answer =>
  groups(smallLeads, ({ owner }) => owner)
    .map(([owner, leads]): ReadonlyArray<Cell> => {
      const closed = deals.filter(({ of, status }) => of.owner === owner && status !== "open");
      const wins = closed.filter(({ status }) => status === "won").length;
      const fast = leads.filter(({ touch }) => touch !== null && touch <= 5).length;
      return [owner, rounded(fast / leads.length), closed.length, wins, rounded(wins / closed.length)];
    })
    .filter(([, fast]) => Number(fast) >= 0.5)
    .sort((a, b) => Number(a[4]) - Number(b[4]));

/** As ntile has it: the first tiles take one more where they do not come out even. */
const deciles = (): Answer => {
  const sorted = [...answered].sort((a, b) => Number(a.touch) - Number(b.touch) || (a.id < b.id ? -1 : 1));
  const [size, more] = [Math.floor(sorted.length / 10), sorted.length % 10];
  return Array.from({ length: 10 }, (_, tile) => {
    const from = tile * size + Math.min(tile, more);
    const leads = sorted.slice(from, from + size + (tile < more ? 1 : 0));
    const wins = leads.filter(isWon).length;
    return [tile + 1, leads.length, Number(leads.at(-1)?.touch), wins, rounded(wins / leads.length)];
  });
};

const pipelines = (): Answer => {
  // What had been told by the first Monday: the week's moves and closes had not.
  const then = new Map(
    smallLeads
      .filter((of) => of.close === null && of.moves.at(-1)?.[0] === "proposal")
      .map((of) => [of.id, of.moves.at(-1)?.[2] ?? 0]),
  );
  const now = new Map(open.map(({ of, amount }) => [of.id, amount]));
  return [...new Set([...then.keys(), ...now.keys()])].sort().map((id) => {
    const [before, after] = [then.get(id) ?? 0, now.get(id) ?? 0];
    return [id, before, after, after - before];
  });
};

const returns = (): Answer => {
  const spent = new Map([
    ["ads", 5900],
    ["email", 310],
    ["webinar", 5600],
  ]);
  const sold = new Map(
    groups(won, ({ of }) => of.channel).map(([channel, all]) => [channel, sum(all.map(({ amount }) => amount))]),
  );
  return [...new Set([...spent.keys(), ...sold.keys()])]
    .map((channel): ReadonlyArray<Cell> => {
      const [cost, sales] = [spent.get(channel) ?? 0, sold.get(channel) ?? 0];
      return [channel, cost, sales, cost === 0 ? null : rounded(sales / cost)];
    })
    .sort((a, b) => Number(b[2]) - Number(a[2]));
};

/** Whoever is won has passed every stage; whoever came back to one has been in it. */
const leaks = (): Answer => {
  const moved = smallLeads.filter(({ moves }) => moves.length > 0);
  const inNegotiation = [...won, ...open.filter(({ of }) => of.id === "L07")].length;
  // Lost for good, and lost before it came back.
  const lostLate = deals.filter(({ status }) => status === "lost" || status === "no_decision").length + 1;
  const rows: ReadonlyArray<readonly [string, number, number]> = [
    ["contacted", moved.length, 0],
    ["new", moved.length, 0],
    ["qualified", moved.length, 1],
    ["proposal", deals.length, lostLate],
    ["negotiation", inNegotiation, 0],
  ];
  return rows.map(([stage, entered, lost]) => [stage, entered, lost, rounded(lost / entered)]);
};

/** Days of the visits to the stage that have ended. */
const visitsToProposal = (): ReadonlyArray<number> => [
  ...deals.flatMap(({ of }) => {
    const entered = of.moves.find(([stage]) => stage === "proposal")?.[1];
    if (entered === undefined) return [];
    if (of.id === "L02") return [20 - entered];
    if (of.id === "L07") return [(Date.parse("2026-03-18T10:00:00Z") - dayAfterMs(of, entered)) / dayMs];
    const close = closeOf(of);
    return close === null ? [] : [close[1] - entered];
  }),
];

const stuck = (): Answer => {
  const usual = rank(visitsToProposal(), 90);
  return open
    .flatMap(({ of, amount }): Answer => {
      const entered = of.moves.find(([stage]) => stage === "proposal")?.[1];
      if (entered === undefined || of.id === "L07") return [];
      const today = Math.floor(Date.parse("2026-03-31") / dayMs);
      const days = today - Math.floor(dayAfterMs(of, entered) / dayMs);
      return days > usual ? [[of.id, "proposal", days, rounded(usual, 1), amount]] : [];
    })
    .sort((a, b) => Number(b[2]) - Number(a[2]));
};

const cohorts = (): Answer =>
  groups(smallLeads, ({ created }) => `${created.slice(0, 7)}-01`).map(([month, leads]) => {
    const by = (days: number): number =>
      rounded(leads.filter((of) => won.some((deal) => deal.of === of && deal.days <= days)).length / leads.length);
    return [month, leads.length, by(14), by(30), by(60)];
  });

const isIn = (month: string, { closedMs }: SmallDeal): boolean =>
  closedMs !== null && new Date(closedMs).toISOString().startsWith(month);

const forecasts = (): Answer =>
  (
    [
      ["ana", 20000],
      ["bogdan", 30000],
      ["carmen", 20000],
    ] as const
  )
    .map(([owner, forecast]): ReadonlyArray<Cell> => {
      const sold = sum(
        won.filter((deal) => deal.of.owner === owner && isIn("2026-03", deal)).map(({ amount }) => amount),
      );
      return [owner, forecast, sold, sold - forecast];
    })
    .sort((a, b) => Number(a[3]) - Number(b[3]));

const discounts = (): Answer =>
  groups(won, ({ of }) => of.owner)
    .map(([owner, all]): ReadonlyArray<Cell> => {
      const highest = ({ of }: SmallDeal): number =>
        Math.max(...of.moves.map(([, , amount]) => amount), of.id === "L02" ? 9500 : 0);
      const [asked, sold] = [sum(all.map(highest)), sum(all.map(({ amount }) => amount))];
      return [owner, all.length, asked, sold, rounded(1 - sold / asked, 3)];
    })
    .sort((a, b) => Number(b[4]) - Number(a[4]));

const touches = (): Answer =>
  groups(
    smallLeads.filter(({ meeting }) => meeting !== null),
    ({ owner }) => owner,
  )
    .map(([owner, met]): ReadonlyArray<Cell> => {
      const before = met.map(({ meeting, emails }) => 1 + Math.min(emails, (meeting ?? 0) - 1));
      return [owner, met.length, rounded(sum(before) / met.length)];
    })
    .sort((a, b) => Number(a[2]) - Number(b[2]) || (String(a[0]) < String(b[0]) ? -1 : 1));

const hours = (): Answer =>
  groups(smallLeads, (of) => String(Math.floor(new Date(createdMs(of)).getUTCHours() / 6) * 6).padStart(2, "0")).map(
    ([from, leads]) => {
      const waited = leads.flatMap(({ touch }) => touch ?? []);
      return [Number(from), leads.length, leads.length - waited.length, rank(waited, 50)];
    },
  );

const months = (): Answer => {
  const sold = ["2026-01", "2026-02", "2026-03"].map((month) =>
    sum(won.filter((deal) => isIn(month, deal)).map(({ amount }) => amount)),
  );
  return sold.map((sales, index) => {
    const before = sold[index - 1];
    return [`2026-0${index + 1}-01`, sales, before === undefined ? null : rounded(sales / before)];
  });
};

const cycles = (): Answer =>
  groups(won, ({ of }) => of.segment).map(([segment, all]) => {
    const days = all.map((deal) => deal.days);
    return [segment, all.length, rank(days, 50), rank(days, 90)];
  });

const campaigns = (): Answer =>
  groups(
    smallLeads.filter(({ campaign }) => campaign !== null),
    ({ campaign }) => campaign ?? "",
  )
    .map(([campaign, leads]): ReadonlyArray<Cell> => {
      const [n, wins] = [leads.length, leads.filter(isWon).length];
      const share = wins / n;
      // Wilson (1927), with z = 1.96.
      const low = (share + 1.92 / n - 1.96 * Math.sqrt((share * (1 - share) + 0.96 / n) / n)) / (1 + 3.84 / n);
      return [campaign, n, wins, rounded(share), rounded(Math.max(0, low))];
    })
    .sort((a, b) => Number(b[4]) - Number(a[4]) || Number(b[1]) - Number(a[1]));

/** An SLA is decided at the answer, or five minutes after the creation. */
const weekdays = (): Answer =>
  groups(smallLeads, (of) => {
    const decidedMs = createdMs(of) + Math.min(of.touch ?? 5, 5) * 60_000;
    return String(new Date(decidedMs).getUTCDay() || 7);
  }).map(([weekday, leads]) => {
    const met = leads.filter(({ touch }) => touch !== null && touch <= 5).length;
    return [Number(weekday), met, leads.length, rounded(met / leads.length)];
  });

const records = (): Answer => {
  const all = smallCompany.first.length + smallCompany.second.length;
  // L01's six once more; a close told too early; one amount put right.
  return [["crm", all - 7, 6, 1, 1, all, 1]];
};

/** By the number of the question. */
export const smallAnswers: ReadonlyArray<() => Answer> = [
  ...[answersWithoutWins, deciles, pipelines, returns, leaks, stuck, cohorts, forecasts, discounts, touches],
  () => [["L02", "2026-01-26 09:30:00.000", "2026-02-20 09:30:00.000", "won", 9500]],
  ...[hours, months, cycles],
  // Cancelled on 5 March, called at six in the morning after the lead of 20:00.
  () => [["A2", "2026-03-05 12:00:00.000", "2026-01-21 06:00:00.000", 43]],
  () => [
    ["2026-01-01", 800, 0, 0, 0, 800],
    ["2026-02-01", 0, 300, 0, 0, 1100],
    ["2026-03-01", 1000, 0, -100, -300, 1700],
  ],
  ...[campaigns, weekdays, () => [["L04", 11000, 12000]], records],
];
