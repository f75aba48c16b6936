import type { Socket } from "node:net";
import type { Channel, NotificationMessage, SendOutcome } from "@leadwire/alerts";
import { type Either, isLeft, isRight, left, right } from "fp-ts/lib/Either.js";
import { type AllowedPrivate, checkHost, closedLiteral } from "./address-guard.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import { emailMessage } from "./email-message.ts";
import { answerCodeOf, mailFaultOutcome } from "./email-outcome.ts";
import { openMailSocket } from "./mail-socket.ts";
import { type EmailReceiver, emailReceiverFault, mailTransport } from "./mail-transport.ts";
import { orAborted } from "./or-aborted.ts";
import { TakenRecipients } from "./taken-recipients.ts";

/** Has one mail sent over a connection, and says whom the server took. Rejects as nodemailer does. */
const converse = async (
  message: NotificationMessage,
  to: ReadonlyArray<string>,
  conversation: Parameters<typeof mailTransport>[0],
  style: ChannelDeps["style"],
) => {
  const { from } = conversation.receiver;
  const mail = emailMessage(message, from, style);
  try {
    return await mailTransport(conversation).sendMail({
      ...mail,
      from,
      to: [...to],
      date: new Date(message.planned_at),
      headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    });
  } catch (error) {
    conversation.socket.destroy();
    throw error;
  }
};

const connectTo = async (
  { host, port }: EmailReceiver,
  allowed: AllowedPrivate,
  deps: ChannelDeps,
  signal: AbortSignal,
): Promise<Either<SendOutcome, Socket>> => {
  const checked = await orAborted(checkHost(host, deps.lookup, allowed), signal);
  if (isRight(checked)) return right(await openMailSocket(host, port, checked.right, signal));
  const { _tag, detail } = checked.left;
  return left({ _tag: _tag === "Closed" ? "Refused" : "Retry", detail });
};

/** Sends mail over SMTP to the very address that was checked. Left: what of the receiver cannot be used. */
export const openEmailChannel = (
  receiver: EmailReceiver,
  allowed: AllowedPrivate,
  deps: ChannelDeps,
): Either<string, Channel> => {
  const fault = emailReceiverFault(receiver) ?? closedLiteral(receiver.host, allowed);
  if (fault !== undefined) return left(fault);
  const readPassword = (): Either<string, string | undefined> =>
    receiver.password === undefined ? right(undefined) : deps.readSecret(receiver.password);
  const first = readPassword();
  if (isLeft(first)) return first;
  const server = `${receiver.host}:${receiver.port}`;
  const limitMs = deps.limits.mailMsMax;
  const taken = new TakenRecipients();

  const attempt = async (message: NotificationMessage, signal: AbortSignal): Promise<SendOutcome> => {
    const password = readPassword();
    if (isLeft(password)) return { _tag: "Retry", detail: password.left };
    const socket = await connectTo(receiver, allowed, deps, signal);
    if (isLeft(socket)) return socket.left;
    const to = receiver.to.filter((address) => !taken.of(message.key).has(address));
    const conversation = { receiver, socket: socket.right, password: password.right, limitMs };
    const sent = await converse(message, to, { ...conversation, authorities: deps.authorities }, deps.style);
    const many = receiver.to.length;
    const later = (sent.rejectedErrors ?? []).filter((error) => (answerCodeOf(error) ?? 400) < 500);
    if (later.length > 0) {
      taken.keep(
        message.key,
        to.filter((address) => !sent.rejected.map(String).includes(address)),
      );
      return { _tag: "Retry", detail: `${server} put off ${later.length} of ${many} recipients.` };
    }
    taken.forget(message.key);
    const refused = sent.rejected.length === 0 ? "" : ` It refused ${sent.rejected.length} of ${many} recipients.`;
    return { _tag: "Delivered", detail: `${server} took the mail.${refused}` };
  };

  const send: Channel["send"] = async (message, signal) => {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), limitMs);
    const either = AbortSignal.any([signal, limit.signal]);
    try {
      return await orAborted(attempt(message, either), either);
    } catch (error) {
      if (signal.aborted) return { _tag: "Retry", detail: "Sending was stopped." };
      if (limit.signal.aborted) return { _tag: "Retry", detail: `${server}: not done within ${limitMs / 1000} s.` };
      return mailFaultOutcome(error, server);
    } finally {
      clearTimeout(timer);
    }
  };
  return right({ send });
};
