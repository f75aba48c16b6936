import type { AlertsData } from "../../board/tile-data.ts";
import { widestEm } from "../charts/text-width.ts";
import { plainWords } from "../reader/catalogue-names.ts";
import type { Reader } from "../reader/reader.ts";
import { formatMinuteOf } from "../reader/time-format.ts";
import { fill } from "../texts/texts.ts";
import type { BoardScope, TileBodyProps } from "./tile-body.ts";

type Alert = AlertsData["alerts"][number];

/** A shape for each severity, so that colour never stands alone. */
const shapes: Readonly<Record<string, string>> = { critical: "▲", warning: "◆", info: "●" };

const severityText = (severity: string, { texts }: Reader): string =>
  texts.severities[severity] ?? plainWords(severity);

const AlertLine = ({ alert, reader, board }: { alert: Alert; reader: Reader; board: BoardScope }) => {
  const { locale, texts, timeZone } = reader;
  const since = formatMinuteOf(alert.startedAtMs, board.nowMs.peek(), locale, timeZone);
  return (
    <li class="alert" data-severity={alert.severity} data-status={alert.status}>
      <span class="alert-mark">
        <span aria-hidden="true">{shapes[alert.severity] ?? "●"}</span> {severityText(alert.severity, reader)}
      </span>
      <span class="alert-summary">{alert.summary === "" ? alert.rule : alert.summary}</span>
      <span class="alert-beside">
        {alert.status === "firing" ? "" : `${texts.alertStatus[alert.status]} · `}
        {fill(texts.since, { time: since })}
      </span>
    </li>
  );
};

const order: Readonly<Record<Alert["status"], number>> = { firing: 0, pending: 1, resolved: 2 };
const weight: Readonly<Record<string, number>> = { critical: 0, warning: 1 };

/** What burns first: firing before pending before resolved, critical before the rest, then the newest. */
const inOrder = (alerts: ReadonlyArray<Alert>): Alert[] =>
  [...alerts].sort(
    (a, b) =>
      order[a.status] - order[b.status] ||
      (weight[a.severity] ?? 2) - (weight[b.severity] ?? 2) ||
      b.startedAtMs - a.startedAtMs,
  );

export const AlertsBody = ({ definition, data, reader, board }: TileBodyProps<"alerts">) => {
  const { severities } = definition;
  const alerts = data.alerts.filter(({ severity }) => severities.length === 0 || severities.includes(severity));
  if (alerts.length === 0)
    return (
      <p class="calm">
        <span aria-hidden="true">✔</span> {reader.texts.noAlerts}
      </p>
    );
  return (
    <ul
      class="lines alerts"
      style={{ "--mark-ems": String(widestEm(alerts.map(({ severity }) => severityText(severity, reader)))) }}
    >
      {inOrder(alerts).map((alert) => (
        <AlertLine key={alert.fingerprint} alert={alert} reader={reader} board={board} />
      ))}
    </ul>
  );
};
