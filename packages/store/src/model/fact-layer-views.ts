import { dimensions } from "@leadwire/funnel";
import { factColumns } from "./fact-tables.ts";
import { type Column, column, type View } from "./table.ts";

const time = "DateTime64(3, 'UTC')";
const low = "LowCardinality(String)";

type Shown = readonly [column: Column, expression: string];

const list = (shown: ReadonlyArray<Shown>): string =>
  shown
    .map(([{ name, type }, expression]) => `  CAST(${expression}, '${type.replaceAll("'", "\\'")}') AS ${name}`)
    .join(",\n");

const dimensionColumns: ReadonlyArray<Shown> = dimensions.map(
  (name): Shown => [factColumns.find((each) => each.name === name) ?? column(name, low, name), name],
);
const leadDimensions = dimensionColumns.filter(([{ name }]) => name !== "stage");
const ids: ReadonlyArray<Shown> = [
  [column("lead_id", "String", "Lead"), "lead_id"],
  [column("deal_id", "String", "Deal; the lead where a deal has no id of its own"), "deal_id"],
];
const accountId: Shown = [column("account_id", "String", "Account; empty where none is known"), "account_id"];
const minor = "minor units of the workspace's currency";

const ofKind = (name: string, comment: string, kind: string, shown: ReadonlyArray<Shown>, condition = ""): View => ({
  name,
  comment,
  columns: shown.map(([each]) => each),
  select: `SELECT\n${list(shown)}\nFROM leadwire.facts WHERE kind = '${kind}'${condition}`,
});

const seconds = (name: string, ms: string, comment: string): Shown => [
  column(name, "Nullable(Float64)", comment),
  `${ms} / 1000`,
];

const activities = ofKind(
  "activities",
  "One row for each activity, under the rep who had it, with what is known of its lead",
  "activity",
  [
    [column("at", time, "When it happened (UTC)"), "at"],
    [
      column("activity", low, "call, email, message, meeting_booked, meeting_held; automated where no human did it"),
      "outcome",
    ],
    ...ids,
    accountId,
    ...leadDimensions,
  ],
);

const stageEntries = ofKind(
  "stage_entries",
  "One row for each time that a deal came into a stage, or passed it",
  "stage_entered",
  [
    [column("at", time, "When it came in, or passed (UTC)"), "at"],
    [column("entry", low, "entered (for the first time), skipped (passed without a stop), again"), "outcome"],
    ...ids,
    ...dimensionColumns,
  ],
);

const stageVisits = ofKind(
  "stage_visits",
  "One row for each visit to a stage that has ended; a deal that is still in it, or skipped it, has none",
  "stage_left",
  [
    [column("left_at", time, "When the deal left the stage (UTC)"), "at"],
    [column("entered_at", time, "When it had come in (UTC)"), "at - toIntervalMillisecond(assumeNotNull(duration_ms))"],
    [
      column("exit", low, "advanced, advanced_again (it had been past it before), regressed, lost, no_decision"),
      "outcome",
    ],
    seconds("visit_s", "duration_ms", "How long it stayed, in seconds"),
    seconds("visit_business_s", "business_ms", "How much of that lay in business hours, in seconds"),
    ...ids,
    ...dimensionColumns,
  ],
  " AND duration_ms IS NOT NULL",
);

const saleLines = ofKind(
  "sale_lines",
  "One row for each line of a deal that is won, and one for what no line accounts for: their amounts add up to sales",
  "sale",
  [
    [column("at", time, "Close of the deal (UTC)"), "at"],
    [column("amount_minor", "Int64", `Amount of the line in ${minor}`), "amount_minor"],
    [column("cost_minor", "Nullable(Int64)", "Its cost in minor units, where stated"), "cost_minor"],
    [column("units", "Float64", "Pieces sold"), "units"],
    ...ids,
    accountId,
    ...leadDimensions,
  ],
);

const spendDays = (timeZone: string): View =>
  ofKind(
    "spend_days",
    "One row for each day's share of what was spent: amounts add up over days, channels and campaigns",
    "spend_day",
    [
      [column("day", "Date", "Day in the workspace's zone"), `toDate(at, '${timeZone}')`],
      [column("at", time, "First instant of that day (UTC)"), "at"],
      [
        column("category", low, "advertising, marketing_team, sales_team, creative, technology, production, other"),
        "outcome",
      ],
      [column("amount_minor", "Int64", `Amount in ${minor}`), "amount_minor"],
      [column("channel", low, "Channel that money was spent on"), "channel"],
      [column("campaign", low, "Campaign that money was spent on; (none) where it was for the channel"), "campaign"],
    ],
  );

const account = "if(account_id = '', lead_id, account_id)";
const past = "at <= now64(3)";
const accountColumns: ReadonlyArray<Shown> = [
  [column("account_id", "String", "Account; the lead where none is known"), account],
  [
    column(
      "customer_since",
      `Nullable(${time})`,
      "First won deal or subscription (UTC); null of one that never was a customer",
    ),
    `minOrNullIf(at, kind = 'customer_new' AND ${past})`,
  ],
  [
    column("is_active", "Bool", "Whether it is a customer today"),
    `sumIf(count, kind = 'customer_active' AND ${past}) > 0`,
  ],
  [
    column("mrr_minor", "Int64", `Monthly recurring revenue today in ${minor}`),
    `sumIf(amount_minor, kind = 'mrr_moved' AND ${past})`,
  ],
  [
    column(
      "ended_at",
      `Nullable(${time})`,
      "When it stopped being a customer (UTC), the last time; null while it is one",
    ),
    `if(is_active, NULL, maxOrNullIf(at, kind = 'customer_active' AND count < 0 AND ${past}))`,
  ],
  [
    column("deals_won", "UInt64", "Won deals that stand"),
    `countIf(kind = 'deal_closed' AND outcome = 'won' AND ${past})`,
  ],
  [
    column("sales_minor", "Int64", `What its won deals brought in ${minor}`),
    `sumIf(amount_minor, kind = 'sale' AND ${past})`,
  ],
  [
    column("last_won_at", `Nullable(${time})`, "Last won deal (UTC)"),
    `maxOrNullIf(at, kind = 'deal_closed' AND outcome = 'won' AND ${past})`,
  ],
  [
    column("last_activity_at", `Nullable(${time})`, "Last activity of a human (UTC)"),
    `maxOrNullIf(at, kind = 'activity' AND outcome != 'automated' AND ${past})`,
  ],
];
const accountKinds = ["customer_new", "customer_active", "mrr_moved", "deal_closed", "sale", "activity"];

const accounts: View = {
  name: "accounts",
  comment:
    "One row for each account that a close, a subscription or an activity was about: since when it is a customer, what it pays, when it was last heard of",
  columns: accountColumns.map(([each]) => each),
  select: `SELECT\n${list(accountColumns.map(([each, expression]) => [each, each.name === "account_id" ? "account" : expression]))}
FROM (SELECT *, ${account} AS account FROM leadwire.facts WHERE kind IN (${accountKinds.map((kind) => `'${kind}'`).join(", ")}))
GROUP BY account`,
};

/** Views of the facts' layer that stand on `facts`: one row for each of what people count. */
export const factLayerViews = (timeZone: string): ReadonlyArray<View> => [
  accounts,
  stageEntries,
  stageVisits,
  activities,
  saleLines,
  spendDays(timeZone),
];
