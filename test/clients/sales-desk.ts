/** Two teams with deals of every outcome, in words that trip over quoting and encodings. */

const day = (date: string, hour = 9): string => `2025-03-${date}T${String(hour).padStart(2, "0")}:30:00.125Z`;

interface Sale {
  readonly deal: string;
  readonly owner: string;
  readonly team: string;
  readonly amountMinor: number;
  readonly outcome: "won" | "lost";
  readonly day: string;
}

const sales: ReadonlyArray<Sale> = [
  { deal: "n-1", owner: "ana", team: "North", amountMinor: 123_456, outcome: "won", day: "05" },
  { deal: "n-2 'Brăila' ✓", owner: "ana", team: "North", amountMinor: 9_007_199_254_740, outcome: "won", day: "30" },
  { deal: "n-3", owner: "bogdan", team: "North", amountMinor: 0, outcome: "lost", day: "11" },
  { deal: "s-1\\", owner: "carmen", team: "South", amountMinor: 50_00, outcome: "won", day: "12" },
  { deal: "s-2", owner: "dan", team: "South", amountMinor: 70_00, outcome: "lost", day: "13" },
];

/** Events as `POST /v1/events` takes them. */
export const saleEvents: ReadonlyArray<Readonly<Record<string, unknown>>> = sales.flatMap((sale, index) => {
  const { deal: deal_id, owner, team } = sale;
  const common = { source_system: "crm", lead_id: `lead-${index}`, owner, team };
  const event = (name: string, at: string) => ({ ...common, event_id: `${index}-${name}`, occurred_at: at });
  return [
    { ...event("created", day("01")), type: "lead-created", channel: "web" },
    { ...event("stage", day("02")), type: "stage-changed", to_stage: "proposal", deal_id },
    {
      ...event("closed", day(sale.day, 13)),
      type: "deal-closed",
      deal_id,
      outcome: sale.outcome,
      amount_minor: sale.amountMinor,
      currency: "USD",
    },
  ];
});

/** Asked of every client: text, numbers beyond a double's exactness, instants, and what is null. */
export const dealRows = "SELECT deal_id, team, status, closed_at, amount_minor, cycle_s FROM deals ORDER BY deal_id";

/** What no reader may do, whatever the client. */
export const refusedStatements: ReadonlyArray<string> = [
  "SELECT file('/etc/passwd')",
  "SELECT * FROM url('http://127.0.0.1:1/', CSV, 'a String')",
  "SELECT 1; SELECT 2",
  "CREATE TABLE leadwire.x (a Int8) ENGINE = Memory",
  "SYSTEM SHUTDOWN",
];
