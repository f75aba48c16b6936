import { createServer } from "node:net";
import type { Channel, Receiver } from "@leadwire/alerts";
import { isLeft, left, right } from "fp-ts/lib/Either.js";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { testCertificate } from "../testing/certificate.ts";
import { channelDeps, toldAlert, toldMessage } from "../testing/told-alert.ts";
import { type ChannelDeps, defaultSendLimits } from "./channel-deps.ts";
import { openChannel } from "./open-channel.ts";

type Email = Extract<Receiver, { readonly _tag: "Email" }>;

const signal = new AbortController().signal;
const certificate = testCertificate("smtp.test");
const trusting = { authorities: certificate.cert };
const password = "hunter22";

const closing: Array<() => unknown> = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Mail {
  readonly from: string;
  readonly to: ReadonlyArray<string>;
  readonly source: string;
}

/** A real SMTP server: what it takes, and whom it answers with which code. */
const openServer = async (options: SMTPServerOptions = {}, codes: ReadonlyMap<string, number> = new Map()) => {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    ...certificate,
    onRcptTo: ({ address }, _session, callback) => {
      const responseCode = codes.get(address);
      if (responseCode === undefined) callback();
      else callback(Object.assign(new Error("not now"), { responseCode }));
    },
    onAuth: (auth, _session, callback) => {
      if (auth.password === password) callback(null, { user: auth.username });
      else callback(new Error(`bad password ${auth.password}`));
    },
    onData: (stream, { envelope }, callback) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = envelope;
        const from = mailFrom === false ? "" : mailFrom.address;
        mails.push({ from, to: rcptTo.map(({ address }) => address), source: Buffer.concat(chunks).toString("utf8") });
        callback();
      });
    },
    ...options,
  });
  // A client that breaks off a handshake is what some of the tests are about.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { mails, port: address.port };
};

const receiverAt = (port: number, changes: Partial<Email> = {}): Email => ({
  _tag: "Email",
  name: "mail",
  to: ["ana@example.com", "bogdan@example.com"],
  from: "Leadwire <alerts@example.com>",
  host: "smtp.test",
  port,
  security: "starttls",
  ...changes,
});

const opened = (receiver: Email, changes: Partial<ChannelDeps> = {}): Channel => {
  const deps = channelDeps({
    readSecret: () => right(password),
    lookup: async () => ["127.0.0.1"],
    allowPrivate: ["127.0.0.0/8"],
    ...trusting,
    ...changes,
  });
  const channel = openChannel(receiver, deps);
  if (isLeft(channel)) throw new Error(channel.left);
  return channel.right;
};

const signIn = { username: "leadwire", password: { _tag: "Environment", name: "SMTP_PASSWORD" } } as const;

test.each([
  ["starttls", {}],
  ["tls", { secure: true }],
  ["none", { disabledCommands: ["STARTTLS"], allowInsecureAuth: true }],
] satisfies ReadonlyArray<readonly [Email["security"], SMTPServerOptions]>)(
  "a mail arrives, in text and in HTML, with security %s and a password",
  async (security, options) => {
    const { mails, port } = await openServer({
      ...options,
      authOptional: false,
    });
    const message = toldMessage({ url: "https://leadwire.example/" });
    const outcome = await opened(receiverAt(port, { security, ...signIn })).send(message, signal);
    expect(outcome).toEqual({ _tag: "Delivered", detail: `smtp.test:${port} took the mail.` });
    const [mail] = mails;
    expect(mail).toMatchObject({ from: "alerts@example.com", to: ["ana@example.com", "bogdan@example.com"] });
    expect(mail?.source).toMatch(/^Subject: FIRING warning: north wins 21\.4 % of its deals\r$/mu);
    expect(mail?.source).toMatch(/^Message-ID: <[0-9a-f]{40}@example\.com>\r$/mu);
    expect(mail?.source).toMatch(/^Date: Mon, 02 Mar 2026 09:30:00 \+0000\r$/mu);
    expect(mail?.source).toMatch(/^Auto-Submitted: auto-generated\r$/mu);
    expect(mail?.source).toContain("text/plain");
    expect(mail?.source).toContain("text/html");
  },
);

test("no label becomes a header or a recipient", async () => {
  const { mails, port } = await openServer();
  const evil = "x\r\nBcc: evil@example.com\r\n\r\n.\r\nMAIL FROM:<evil@example.com>";
  const alert = toldAlert({ summary: evil, severity: evil, labels: { team: evil }, rule: evil, explain: evil });
  const message = toldMessage({ alerts: [alert], key: evil, receiver: evil });
  expect(await opened(receiverAt(port)).send(message, signal)).toMatchObject({ _tag: "Delivered" });
  expect(mails).toHaveLength(1);
  expect(mails[0]?.to).toEqual(["ana@example.com", "bogdan@example.com"]);
  const [head = ""] = mails[0]?.source.split("\r\n\r\n") ?? [];
  expect(head.split(/\r\n(?! )/u).map((line) => line.split(":")[0])).toEqual([
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "From",
    "To",
    "Subject",
    "Message-ID",
    "Date",
    "MIME-Version",
    "Content-Type",
  ]);
});

test("a mail that is sent again has the same Message-ID", async () => {
  const { mails, port } = await openServer();
  for (let sent = 0; sent < 2; sent += 1) await opened(receiverAt(port)).send(toldMessage(), signal);
  const [first, second] = mails.map(({ source }) => /^Message-ID: .*$/mu.exec(source)?.[0]);
  expect(first).toBeDefined();
  expect(second).toBe(first);
});

test("TLS is verified, and required where it is asked for: no password is sent without it", async () => {
  const passwords: unknown[] = [];
  const onAuth: NonNullable<SMTPServerOptions["onAuth"]> = (auth, _session, callback) => {
    passwords.push(auth.password);
    callback(null, { user: "x" });
  };
  const withTls = await openServer({ onAuth });
  const without = await openServer({ onAuth, disabledCommands: ["STARTTLS"], allowInsecureAuth: true });
  const outcomes = [
    await opened(receiverAt(without.port, signIn)).send(toldMessage(), signal),
    await opened(receiverAt(withTls.port, { ...signIn, host: "other.test" })).send(toldMessage(), signal),
    await opened(receiverAt(withTls.port, signIn), { authorities: testCertificate("smtp.test").cert }).send(
      toldMessage(),
      signal,
    ),
  ];
  expect(outcomes.map(({ _tag }) => _tag)).toEqual(["Retry", "Retry", "Retry"]);
  expect(outcomes.map(({ detail }) => detail.replace(/^.*?: /u, ""))).toEqual([
    "it offers no TLS, or none that could be agreed on.",
    "its certificate is of another host (ERR_TLS_CERT_ALTNAME_INVALID).",
    "its certificate is signed by itself (DEPTH_ZERO_SELF_SIGNED_CERT).",
  ]);
  expect(passwords).toEqual([]);
  expect([...without.mails, ...withTls.mails]).toEqual([]);
});

test("a wrong password is tried again, read anew, and stands in no text", async () => {
  const { mails, port } = await openServer({ authOptional: false });
  let secret = "wr0ng-pass";
  const channel = opened(receiverAt(port, signIn), { readSecret: () => right(secret) });
  const refused = await channel.send(toldMessage(), signal);
  expect(refused).toEqual({ _tag: "Retry", detail: `smtp.test:${port} refused the username or password (535).` });
  secret = password;
  expect(await channel.send(toldMessage(), signal)).toMatchObject({ _tag: "Delivered" });
  expect(mails).toHaveLength(1);
});

test("5xx is for good, 4xx passes", async () => {
  const codes = new Map([
    ["ana@example.com", 550],
    ["bogdan@example.com", 450],
  ]);
  const { port } = await openServer({}, codes);
  const to = (address: string) => opened(receiverAt(port, { to: [address] })).send(toldMessage(), signal);
  expect(await to("ana@example.com")).toEqual({
    _tag: "Refused",
    detail: `smtp.test:${port} answered 550 to RCPT TO.`,
  });
  expect(await to("bogdan@example.com")).toMatchObject({ _tag: "Retry", detail: expect.stringContaining("450") });
});

test("who was put off is tried again, who has the mail gets it once, who is refused is told of", async () => {
  const codes = new Map([
    ["bogdan@example.com", 450],
    ["old@example.com", 550],
  ]);
  const { mails, port } = await openServer({}, codes);
  const to = ["ana@example.com", "bogdan@example.com", "old@example.com"];
  const channel = opened(receiverAt(port, { to }));
  expect(await channel.send(toldMessage(), signal)).toEqual({
    _tag: "Retry",
    detail: `smtp.test:${port} put off 1 of 3 recipients.`,
  });
  codes.delete("bogdan@example.com");
  expect(await channel.send(toldMessage(), signal)).toEqual({
    _tag: "Delivered",
    detail: `smtp.test:${port} took the mail. It refused 1 of 3 recipients.`,
  });
  expect(mails.map((mail) => mail.to)).toEqual([["ana@example.com"], ["bogdan@example.com"]]);
});

test("a server on a private address is refused before anything is said to it", async () => {
  const { mails, port } = await openServer();
  const channel = opened(receiverAt(port), { allowPrivate: [] });
  expect(await channel.send(toldMessage(), signal)).toMatchObject({
    _tag: "Refused",
    detail: expect.stringContaining("allow_private"),
  });
  expect(mails).toEqual([]);
});

test("a server that says nothing is left after the time limit, one that nobody runs is tried again", async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const limits = { ...defaultSendLimits, mailMsMax: 100 };
  const channel = opened(receiverAt(port), { limits });
  expect(await channel.send(toldMessage(), signal)).toEqual({
    _tag: "Retry",
    detail: `smtp.test:${port}: not done within 0.1 s.`,
  });
  await new Promise<void>((resolve) => silent.close(() => resolve()));
  expect(await channel.send(toldMessage(), signal)).toMatchObject({
    _tag: "Retry",
    detail: expect.stringContaining("ECONNREFUSED"),
  });
});

test.each([
  [{ to: ["ana@example.com\r\nRCPT TO:<evil@example.com>"] }, "to:"],
  [{ to: ["ana@example.com, evil@example.com"] }, "to:"],
  [{ to: [] }, "to:"],
  [{ from: "alerts@example.com\r\nBcc: evil@example.com" }, "from:"],
  [{ from: "nobody" }, "from:"],
  [{ host: "user:pass@smtp.test" }, "host:"],
  [{ host: "10.0.0.1" }, "allow_private"],
  [{ username: "leadwire" }, "password:"],
] as const)("%j cannot be used, and it is said why", (changes, text) => {
  const channel = openChannel(receiverAt(587, changes), channelDeps());
  expect(channel).toMatchObject({ left: expect.stringContaining(text) });
});

test("a password that cannot be found is said when the receiver is opened", () => {
  const deps = channelDeps({ readSecret: () => left("There is nothing in the environment variable SMTP_PASSWORD.") });
  expect(openChannel(receiverAt(587, signIn), deps)).toEqual(
    left("Receiver mail: There is nothing in the environment variable SMTP_PASSWORD."),
  );
});
