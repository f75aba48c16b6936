import type { SalesEvent } from "@leadwire/events";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type Part = Partial<SalesEvent> & Pick<SalesEvent, "type"> & Readonly<Record<string, unknown>>;

/** Events of one source, numbered in the order in which they are made. */
export const numberedEvents = (source_system: string): ((atMs: number, part: Part) => SalesEvent) => {
  let ids = 0;
  return (atMs, part) => {
    ids += 1;
    const head = { event_id: `e${ids}`, source_system, occurred_at: atMs, revision: 0, voided: false };
    return { ...head, ...part } as SalesEvent;
  };
};

const stages = ["contacted", "qualified", "proposal", "negotiation"];
const outcomes = ["won", "lost", "no_decision"] as const;

/**
 * A company over the days before `endMs`: leads that wait, answered ones with every response time, deals in every stage,
 * some closed, subscriptions that begin, grow, shrink, end and come back.
 */
export const boardCompany = (endMs: number): ReadonlyArray<SalesEvent> => {
  const event = numberedEvents("crm");
  const leads = Array.from({ length: 40 }, (_, n): ReadonlyArray<SalesEvent> => {
    const lead_id = `L${n}`;
    const createdMs = endMs - 20 * dayMs + n * 11 * hourMs;
    const owner = n % 2 === 0 ? "ana" : "bogdan";
    const close = {
      type: "deal-closed",
      lead_id,
      outcome: outcomes[n % 3] ?? "won",
      currency: "USD",
      lines: [],
    } as const;
    const answer = { type: "activity-logged", lead_id, rep: owner, automated: false, kind: "call" } as const;
    const team = n % 4 < 2 ? "north" : "south";
    const channel = n % 3 === 0 ? "ads" : "it's mail";
    const stageEvents = stages.slice(0, n % 5).map((to_stage, index) =>
      event(createdMs + (index + 1) * 7 * hourMs, {
        type: "stage-changed",
        lead_id,
        to_stage,
        amount_minor: 1_000 * n,
        currency: "USD",
      }),
    );
    return [
      event(createdMs, { type: "lead-created", lead_id, owner, team, channel }),
      ...(n % 5 === 0 ? [] : [event(createdMs + n ** 2 * 20_011, { ...answer, direction: "outbound" })]),
      ...stageEvents,
      ...(n % 5 < 3 || n % 7 === 0 ? [] : [event(createdMs + 40 * hourMs, { ...close, amount_minor: 1_100 * n })]),
    ];
  });
  const mrr = (account: number, daysAgo: number, mrr_minor: number): SalesEvent =>
    event(endMs - daysAgo * dayMs, {
      type: "subscription-changed",
      account_id: `A${account}`,
      subscription_id: `S${account}`,
      mrr_minor,
      currency: "USD",
      reason: mrr_minor === 0 ? "cancelled" : "changed",
    });
  const sold = { outcome: "won", amount_minor: 4_321, currency: "USD", lines: [] } as const;
  const call = { rep: "ana", automated: false, kind: "call", direction: "outbound" } as const;
  const newest = { owner: "ana", team: "north", channel: "it's mail" };
  return [
    ...leads.flat(),
    // A moment ago: an instant earlier, and every number is another.
    event(endMs - 50_000, { type: "lead-created", lead_id: "N1", ...newest }),
    event(endMs - 45_000, { type: "lead-created", lead_id: "N2", ...newest }),
    event(endMs - 40_000, { type: "activity-logged", lead_id: "N2", ...call }),
    event(endMs - 30_000, {
      type: "stage-changed",
      lead_id: "N2",
      to_stage: "proposal",
      amount_minor: 9_999,
      currency: "USD",
    }),
    event(endMs - 20_000, { type: "deal-closed", lead_id: "L1", ...sold }),
    ...[1, 2, 3, 4].map((account) => mrr(account, 60, 900 * account)),
    mrr(1, 9, 1_000),
    mrr(2, 8, 700),
    mrr(3, 7, 0),
    mrr(4, 40, 0),
    mrr(4, 5, 500),
    mrr(5, 3, 250),
    mrr(6, 0, 333),
    event(endMs - 9 * dayMs, {
      type: "target-set",
      metric: "sales",
      scope: "company",
      period: new Date(endMs).toISOString().slice(0, 7),
      value: 500_000,
    }),
  ];
};
