import type { Socket } from "node:net";
import type { Receiver } from "@leadwire/alerts";
import { createTransport } from "nodemailer";

export type EmailReceiver = Extract<Receiver, { readonly _tag: "Email" }>;

export interface MailConversation {
  readonly receiver: EmailReceiver;
  /** Connected to an address that was checked. */
  readonly socket: Socket;
  readonly password: string | undefined;
  readonly limitMs: number;
  /** PEM; Node's own list where undefined. */
  readonly authorities: string | undefined;
}

/** One mail over a connection that is there already: nodemailer resolves no name and reads no file. */
export const mailTransport = ({ receiver, socket, password, limitMs, authorities }: MailConversation) => {
  const { host, port, security, username } = receiver;
  return createTransport({
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    tls: { rejectUnauthorized: true, ...(authorities === undefined ? {} : { ca: authorities }) },
    ...(username === undefined || password === undefined ? {} : { auth: { user: username, pass: password } }),
    getSocket: (_options, callback) => callback(null, { connection: socket }),
    // The channel's own limit comes first; these end what it let go of.
    connectionTimeout: 2 * limitMs,
    greetingTimeout: 2 * limitMs,
    socketTimeout: 2 * limitMs,
    socketCloseTimeout: 1000,
    maxResponseSize: 65_536,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
};

/** One address, without what could begin another recipient, header or command. */
const address = String.raw`[^\s<>,;:"()[\]@\p{Cc}]+@[^\s<>,;:"()[\]@\p{Cc}]+`;
const plainAddress = new RegExp(`^${address}$`, "u");
/** `alerts@example.com` or `Leadwire <alerts@example.com>`. */
const sender = new RegExp(String.raw`^(?:[^<>,;:"()@\p{Cc}]* <${address}>|${address})$`, "u");
const hostText = /^[^\s/@\p{Cc}]+$/u;

/** What of a receiver cannot be used, with what was expected; undefined where all can. */
export const emailReceiverFault = (receiver: EmailReceiver): string | undefined => {
  const { to, from, host, username, password } = receiver;
  const odd = to.find((each) => !plainAddress.test(each));
  if (odd !== undefined) return `to: has ${JSON.stringify(odd)}: expected an address such as ana@example.com.`;
  if (to.length === 0) return "to: has nobody: expected addresses.";
  if (!sender.test(from))
    return `from: is ${JSON.stringify(from)}: expected alerts@example.com or Leadwire <alerts@example.com>.`;
  if (!hostText.test(host)) return `host: is ${JSON.stringify(host)}: expected a host name or an address.`;
  if ((username === undefined) !== (password === undefined))
    return "one of username: and password: is missing: expected both or none.";
  return undefined;
};
