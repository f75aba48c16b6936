import type { SalesEvent, Spend, SpendCategory } from "@leadwire/events";
import { channels, currency, managers } from "./company.ts";
import type { Send } from "./lead-events.ts";
import { Rng } from "./rng.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What a day costs, told by the ad systems early on the next: one spend event per paid channel. */
export const spendOfDay = (seed: number, day: number, scale: number, send: Send): void => {
  const rng = new Rng(seed ^ 0x5bd1e995, day);
  for (const channel of channels) {
    if (channel.spendMinorPerDay === 0) continue;
    const amountMinor = Math.round(channel.spendMinorPerDay * scale * rng.around(1, 0.25));
    const sentAtMs = (day + 1) * dayMs + rng.between(2, 4) * hourMs;
    const event = spend(`${channel.name}.${day}`, channel.name, "advertising", amountMinor, day, day, sentAtMs);
    send(event, sentAtMs + rng.between(200, 3000));
    // Ad systems restate a day's cost once clicks are audited.
    if (rng.chance(0.04))
      send({ ...event, revision: 1, amount_minor: Math.round(amountMinor * 0.97) }, sentAtMs + 2 * dayMs);
  }
};

/** What stands on the first day of a month: salaries of the month, and the targets. */
export const planOfMonth = (day: number, scale: number, send: Send): void => {
  const date = new Date(day * dayMs);
  const lastDay = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / dayMs;
  const period = date.toISOString().slice(0, 7);
  const atMs = day * dayMs + 6 * hourMs;
  const salaries: ReadonlyArray<readonly [SpendCategory, number]> = [
    ["marketing_team", 1_100_000],
    ["technology", 240_000],
  ];
  for (const [category, amount] of salaries)
    send(
      spend(`${category}.${period}`, "website", category, Math.round(amount * scale), day, lastDay, atMs),
      atMs + 400,
    );
  const target = (scope: string, value: number): SalesEvent => ({
    type: "target-set",
    event_id: `target.${period}.${scope}`,
    source_system: "plan",
    occurred_at: atMs,
    revision: 0,
    voided: false,
    metric: "sales",
    scope,
    period,
    value: Math.round(value * scale),
  });
  const total = managers.reduce((sum, { targetMinorPerMonth }) => sum + targetMinorPerMonth, 0);
  send(target("company", total), atMs + 600);
  for (const { team, targetMinorPerMonth } of managers) send(target(`team:${team}`, targetMinorPerMonth), atMs + 700);
};

/** What managers expect of the month after, told on the 25th: some 10 % too high or too low. */
export const forecastOfNextMonth = (seed: number, day: number, scale: number, send: Send): void => {
  const rng = new Rng(seed ^ 0x2545f491, day);
  const date = new Date(day * dayMs);
  const period = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)).toISOString().slice(0, 7);
  const atMs = day * dayMs + 15 * hourMs;
  const forecast = (scope: string, amountMinor: number): SalesEvent => ({
    type: "forecast-submitted",
    event_id: `forecast.${period}.${scope}`,
    source_system: "plan",
    occurred_at: atMs,
    revision: 0,
    voided: false,
    scope,
    period,
    amount_minor: amountMinor,
    currency,
  });
  const expected = managers.map(({ team, targetMinorPerMonth }) => ({
    scope: `team:${team}`,
    amountMinor: Math.round(targetMinorPerMonth * scale * rng.around(1, 0.1)),
  }));
  send(
    forecast(
      "company",
      expected.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    ),
    atMs + 800,
  );
  for (const { scope, amountMinor } of expected) send(forecast(scope, amountMinor), atMs + 900);
};

const spend = (
  id: string,
  channel: string,
  category: SpendCategory,
  amountMinor: number,
  from: number,
  to: number,
  occurredAtMs: number,
): Spend => ({
  type: "spend",
  event_id: id,
  source_system: "ads",
  occurred_at: Math.round(occurredAtMs),
  revision: 0,
  voided: false,
  channel,
  category,
  amount_minor: amountMinor,
  currency,
  period_start: from,
  period_end: to,
});
