import type { SendOutcome } from "@leadwire/alerts";
import { networkFaultText } from "./network-fault.ts";

/** How a server answered one recipient: the three digits of SMTP. */
export interface RefusedRecipient {
  readonly code: number | undefined;
}

const field = (error: unknown, name: string): unknown =>
  typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;

/** The three digits of the answer that ended the conversation. */
export const answerCodeOf = (error: unknown): number | undefined => {
  const code = field(error, "responseCode");
  return typeof code === "number" ? code : undefined;
};

const commandOf = (error: unknown): string => {
  const command = field(error, "command");
  return typeof command === "string" && /^[A-Z]{2,10}( [A-Z]{2,10})?$/u.test(command) ? ` to ${command}` : "";
};

/** "Bad sequence of commands": said of the conversation, not of the mail. */
const outOfOrder = 503;

/**
 * What a failed mail means: 5xx is for good (RFC 5321), all else passes. A refused password is tried again, since it is
 * read anew each time. Of the server's answer only the code is repeated: its text may hold what we sent.
 */
export const mailFaultOutcome = (error: unknown, server: string): SendOutcome => {
  const kind = field(error, "code");
  const code = answerCodeOf(error);
  if (kind === "EAUTH")
    return {
      _tag: "Retry",
      detail: `${server} refused the username or password${code === undefined ? "" : ` (${code})`}.`,
    };
  // A server that offers no TLS today may be one that somebody stands in front of.
  if (kind === "ETLS")
    return { _tag: "Retry", detail: `${server}: it offers no TLS, or none that could be agreed on.` };
  if (code !== undefined && code >= 500 && code !== outOfOrder)
    return { _tag: "Refused", detail: `${server} answered ${code}${commandOf(error)}.` };
  if (code !== undefined && code >= 400)
    return { _tag: "Retry", detail: `${server} answered ${code}${commandOf(error)}.` };
  if (kind === "EENVELOPE" || kind === "EMESSAGE")
    return { _tag: "Refused", detail: `${server}: sender or recipients are no addresses.` };
  return { _tag: "Retry", detail: `${server}: ${networkFaultText(error)}.` };
};
