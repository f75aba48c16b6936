import { createHash } from "node:crypto";
import type { NotificationMessage, ToldAlert } from "@leadwire/alerts";
import type { TextStyle } from "./channel-deps.ts";
import { detailsOf, listedAlertsMax, moreText, oneLine, shortened, titleOf } from "./message-lines.ts";

export interface EmailMessage {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
}

const subjectLengthMax = 200;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** The part of `Leadwire <alerts@example.com>` behind the `@`. */
const domainOf = (from: string): string => /@([a-z0-9.-]+)/iu.exec(from)?.[1] ?? "leadwire.invalid";

const plainAlert = (alert: ToldAlert, style: TextStyle): string =>
  [oneLine(alert.summary), ...detailsOf(alert, style).map(([name, text]) => `  ${name}: ${text}`)].join("\n");

const htmlAlert = (alert: ToldAlert, style: TextStyle): string => {
  const rows = detailsOf(alert, style)
    .map(([name, text]) => `<tr><td style="padding-right:1em;color:#555">${name}</td><td>${escaped(text)}</td></tr>`)
    .join("");
  return `<h3>${escaped(oneLine(alert.summary))}</h3><table>${rows}</table>`;
};

/** Only these are links: a page's address comes from the configuration, but is written by hand. */
const linkOf = (url: string): string =>
  /^https?:\/\//u.test(url) ? `<p><a href="${escaped(url)}">Open in Leadwire</a></p>` : "";

/**
 * A mail in plain text and in simple HTML. Its Message-ID is made from the key: a mail sent twice is the same mail, and
 * many programs show it once.
 */
export const emailMessage = (message: NotificationMessage, from: string, style: TextStyle): EmailMessage => {
  const title = titleOf(message);
  const listed = message.alerts.slice(0, listedAlertsMax);
  const more = moreText(message.alerts);
  const text = [
    title,
    ...listed.map((alert) => plainAlert(alert, style)),
    ...(more === "" ? [] : [more]),
    ...(message.url === undefined ? [] : [message.url]),
  ].join("\n\n");
  const html = [
    `<h2>${escaped(title)}</h2>`,
    ...listed.map((alert) => htmlAlert(alert, style)),
    more === "" ? "" : `<p>${more}</p>`,
    message.url === undefined ? "" : linkOf(message.url),
  ].join("\n");
  const hash = createHash("sha256").update(`${message.receiver}\n${message.key}`).digest("hex").slice(0, 40);
  return {
    subject: shortened(title, subjectLengthMax),
    text: `${text}\n`,
    html,
    messageId: `<${hash}@${domainOf(from)}>`,
  };
};
