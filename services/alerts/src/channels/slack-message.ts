import type { NotificationMessage, ToldAlert } from "@leadwire/alerts";
import type { TextStyle } from "./channel-deps.ts";
import { detailsOf, listedAlertsMax, moreText, oneLine, shortened, titleOf } from "./message-lines.ts";

type PlainText = { readonly type: "plain_text"; readonly text: string; readonly emoji: boolean };
type MarkedText = { readonly type: "mrkdwn"; readonly text: string };

export type SlackBlock =
  | { readonly type: "header"; readonly text: PlainText }
  | { readonly type: "section"; readonly text: MarkedText }
  | { readonly type: "context"; readonly elements: ReadonlyArray<MarkedText> };

export interface SlackMessage {
  /** For notifications, and for those who know no blocks (Mattermost). */
  readonly text: string;
  readonly blocks: ReadonlyArray<SlackBlock>;
}

/** Slack's own limits, in characters (Block Kit reference). */
const headerLengthMax = 150;
const sectionLengthMax = 3000;
/** Of our own: an alert is to be read at a glance. */
const summaryLengthMax = 500;
const detailLengthMax = 300;

/** The three characters that Slack gives a meaning to: without them no link, mention or channel can be written. */
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const marks: Readonly<Record<string, string>> = { critical: "🔴", warning: "🟠", info: "🔵" };

const markOf = ({ status, severity }: ToldAlert): string => (status === "resolved" ? "✅" : (marks[severity] ?? "🔵"));

const detailText = (name: string, text: string): string => {
  const shown = escaped(shortened(text, detailLengthMax));
  return name === "Explain" ? `\`${shown.replaceAll("`", "'")}\`` : `${name}: ${shown}`;
};

/** As many whole lines as fit: a cut line could end within an escape. */
const fitting = (lines: ReadonlyArray<string>): string =>
  lines.reduce((text, line) => (text.length + 1 + line.length > sectionLengthMax ? text : `${text}\n${line}`));

const alertBlock = (alert: ToldAlert, style: TextStyle): SlackBlock => {
  const lines = [
    `${markOf(alert)} *${escaped(shortened(oneLine(alert.summary), summaryLengthMax))}*`,
    ...detailsOf(alert, style).map(([name, text]) => detailText(name, text)),
  ];
  return { type: "section", text: { type: "mrkdwn", text: fitting(lines) } };
};

const linkOf = (url: string): string => `<${escaped(url.replaceAll("|", "%7C"))}|Open in Leadwire>`;

/** One message for a group of alerts: a title, an alert's facts each, and the way to the page. */
export const slackMessage = (message: NotificationMessage, style: TextStyle): SlackMessage => {
  const title = titleOf(message);
  const more = moreText(message.alerts);
  const foot = [...(more === "" ? [] : [more]), ...(message.url === undefined ? [] : [linkOf(message.url)])];
  return {
    text: escaped(shortened(title, sectionLengthMax)),
    blocks: [
      { type: "header", text: { type: "plain_text", text: shortened(title, headerLengthMax), emoji: false } },
      ...message.alerts.slice(0, listedAlertsMax).map((alert) => alertBlock(alert, style)),
      ...(foot.length === 0
        ? []
        : [{ type: "context", elements: [{ type: "mrkdwn", text: foot.join(" · ") }] } as const]),
    ],
  };
};
