import {
  acknowledgementColumns,
  alertAcknowledgementsTable,
  alertClaimsTable,
  alertSilencesTable,
  alertTransitionsTable,
  notificationsPlannedTable,
  notificationsSettledTable,
  plannedColumns,
  silenceColumns,
  transitionColumns,
} from "./alert-tables.ts";
import { logDatabase } from "./database.ts";
import { type Column, column, type Table, type View } from "./table.ts";

const time = "DateTime64(3, 'UTC')";
const names = (columns: ReadonlyArray<Column>, of: string): string =>
  columns.map(({ name }) => `${of}.\`${name}\` AS \`${name}\``).join(", ");

const partition = column("partition", "Int32", "Partition of leadwire.alerts");
const appendTime = column("append_time", time, "When the log took it in (UTC)");
const offset = column("offset", "Int64", "Offset in its partition of leadwire.alerts");

/** The highest epoch that was claimed in a partition up to each claim. */
const claimed = `SELECT partition, offset, max(epoch) OVER (PARTITION BY partition ORDER BY offset) AS epoch FROM ${logDatabase}.${alertClaimsTable.name} FINAL`;

/** The records of a table that count: those of an owner that nobody had taken the partition from before. */
const counting = ({ name }: Table, columns: ReadonlyArray<Column>): string => `SELECT ${names(columns, "t")}
FROM (SELECT * FROM ${logDatabase}.${name} FINAL) AS t
GLOBAL ASOF LEFT JOIN (${claimed}) AS c ON t.partition = c.partition AND t.offset > c.offset
WHERE t.epoch >= c.epoch`;

const historyColumns = [...transitionColumns, appendTime, offset];

const alertHistoryView: View = {
  name: "alert_history",
  comment: "Every transition of every alert, with what was known when it was decided",
  columns: historyColumns,
  select: counting(alertTransitionsTable, historyColumns),
};

const alertsView: View = {
  name: "alerts",
  comment: "Each alert as it stands: its newest transition",
  columns: historyColumns,
  select: `SELECT ${names(historyColumns, "h")} FROM (${counting(alertTransitionsTable, historyColumns)}) AS h
ORDER BY h.offset DESC LIMIT 1 BY h.fingerprint`,
};

const settledColumns: ReadonlyArray<Column> = [
  column("outcome", "LowCardinality(String)", "delivered, dead, or empty while it is under way"),
  column("attempts", "Int32", "How often it was tried"),
  column("detail", "String", "What the receiver answered last, or why it was given up"),
  column("settled_at", `Nullable(${time})`, "When it was delivered or given up (UTC)"),
];

const planned = [...plannedColumns, appendTime, partition, offset];

const alertNotificationsView: View = {
  name: "alert_notifications",
  comment: "What receivers were told of alerts, and what became of it",
  columns: [...plannedColumns, ...settledColumns, appendTime, partition, offset],
  select: `SELECT ${names(plannedColumns, "p")}, s.outcome AS outcome, s.attempts AS attempts, s.detail AS detail,
  if(s.outcome = '', NULL, s.settled_at) AS settled_at, p.append_time AS append_time, p.partition AS partition, p.offset AS offset
FROM (${counting(notificationsPlannedTable, planned)}) AS p
GLOBAL LEFT JOIN (
  SELECT key, argMax(toString(outcome), offset) AS outcome, argMax(attempts, offset) AS attempts, argMax(detail, offset) AS detail, argMax(settled_at, offset) AS settled_at
  FROM ${logDatabase}.${notificationsSettledTable.name} FINAL GROUP BY key
) AS s ON p.key = s.key`,
};

const alertSilencesView: View = {
  name: "alert_silences",
  comment: "Each silence as it was set last",
  columns: silenceColumns,
  select: `SELECT ${names(silenceColumns, "t")} FROM (SELECT * FROM ${logDatabase}.${alertSilencesTable.name} FINAL) AS t
ORDER BY t.append_time DESC, t.offset DESC LIMIT 1 BY t.silence_id`,
};

const alertAcknowledgementsView: View = {
  name: "alert_acknowledgements",
  comment: "Who said when that they look after an alert",
  columns: acknowledgementColumns,
  select: `SELECT ${names(acknowledgementColumns, "t")} FROM (SELECT * FROM ${logDatabase}.${alertAcknowledgementsTable.name} FINAL) AS t`,
};

export const alertViews: ReadonlyArray<View> = [
  alertsView,
  alertHistoryView,
  alertNotificationsView,
  alertSilencesView,
  alertAcknowledgementsView,
];
