import { type Fields, parseName, type YamlValue } from "@leadwire/funnel";
import { readTexts } from "../alert-file/yaml-words.ts";
import type { Receiver, SecretRef } from "./notification-config.ts";
import { readSecretRef, readUrl, readUrlOrSecret } from "./secret-lines.ts";

const kinds = ["webhook", "slack", "email", "alertmanager", "wallboard"] as const;
type Kind = (typeof kinds)[number];

const securities = ["tls", "starttls", "none"] as const;
const portOf = { tls: 465, starttls: 587, none: 25 } as const;
const secretAddress = /^https:\/\/hooks\.slack\.com\//iu;

const parseAddress = (text: string): string | undefined => (/^[^\s@<>,;]+@[^\s@<>,;]+$/u.test(text) ? text : undefined);

const readAddress = (value: YamlValue): string | undefined =>
  value.parsed("an address such as a@example.com", parseAddress);

interface Login {
  readonly username?: string;
  readonly password?: SecretRef;
}

/** A user and where the password is: both or neither. */
const readLogin = (value: YamlValue, fields: Fields): Login | undefined => {
  const username = fields.optional("username", (at) => at.text("a user's name"));
  const password = fields.optional("password", readSecretRef);
  if (username !== undefined && password !== undefined) return { username, password };
  if (username === undefined && password === undefined) return {};
  return value.refuse("username and password together", username === undefined ? "no username" : "no password");
};

const readWebhook = (name: string, value: YamlValue): Receiver | undefined => {
  const fields = value.fields(["url", "secret"]);
  const url = fields?.required("url", readUrlOrSecret);
  const secret = fields?.required("secret", readSecretRef);
  return url === undefined || secret === undefined ? undefined : { _tag: "Webhook", name, url, secret };
};

const readSlack = (name: string, value: YamlValue): Receiver | undefined => {
  const url = value.fields(["url"])?.required("url", (at) => {
    const read = readUrlOrSecret(at);
    if (typeof read !== "string" || !secretAddress.test(read)) return read;
    const hint = "Whoever knows it can write: put it into an environment variable, or into a file of its own.";
    return at.refuse("{ env: NAME } or { file: /PATH }", "an address that is a secret", hint);
  });
  return url === undefined ? undefined : { _tag: "Slack", name, url };
};

const readEmail = (name: string, value: YamlValue): Receiver | undefined => {
  const fields = value.fields(["to", "from", "host", "port", "security", "username", "password"]);
  if (fields === undefined) return undefined;
  const to = fields.required("to", (at) => readTexts(at, "a list of addresses", readAddress)) ?? [];
  const from = fields.required("from", readAddress);
  const host = fields.required("host", (at) => at.text("the mail server's name"));
  const security = fields.or("security", "starttls" as const, (at) =>
    at.parsed(securities.join(", "), (text) => securities.find((known) => known === text)),
  );
  const port = fields.or("port", portOf[security], (at) =>
    at.number("a port from 1 to 65535", (found) => Number.isInteger(found) && found >= 1 && found <= 65_535),
  );
  const login = readLogin(value, fields);
  if (from === undefined || host === undefined || login === undefined || to.length === 0) return undefined;
  return { _tag: "Email", name, to, from, host, port, security, ...login };
};

const readAlertmanager = (name: string, value: YamlValue): Receiver | undefined => {
  const fields = value.fields(["url", "username", "password"]);
  const url = fields?.required("url", readUrl);
  const login = fields === undefined ? undefined : readLogin(value, fields);
  return url === undefined || login === undefined ? undefined : { _tag: "Alertmanager", name, url, ...login };
};

const readKind: Readonly<Record<Kind, (name: string, value: YamlValue) => Receiver | undefined>> = {
  webhook: readWebhook,
  slack: readSlack,
  email: readEmail,
  alertmanager: readAlertmanager,
  wallboard: (name, value) => {
    value.fields([]);
    return { _tag: "Wallboard", name };
  },
};

const readReceiver = (value: YamlValue): Receiver | undefined => {
  const fields = value.fields(["name", ...kinds]);
  const name = fields?.required("name", (at) => at.parsed("a name", parseName));
  if (fields === undefined || name === undefined) return undefined;
  const stated = kinds.filter((kind) => fields.optional(kind, () => true) === true);
  const [kind, ...others] = stated;
  if (kind === undefined || others.length > 0)
    return value.refuse(`one of ${kinds.join(", ")}`, stated.length === 0 ? "none of them" : stated.join(" and "));
  return fields.optional(kind, (at) => readKind[kind](name, at));
};

/** Reads `receivers`: each has a name of its own, and is of one kind. */
export const readReceivers = (value: YamlValue): ReadonlyArray<Receiver> => {
  const names = new Set<string>();
  const form =
    "a list of receivers, such as - { name: ops, webhook: { url: https://example.com/hook, secret: { env: NAME } } }";
  return (value.items(form) ?? []).flatMap((item) => {
    const receiver = readReceiver(item);
    if (receiver === undefined) return [];
    if (names.has(receiver.name)) item.refuse("a name of its own", `a second receiver called ${receiver.name}`);
    names.add(receiver.name);
    return [receiver];
  });
};
