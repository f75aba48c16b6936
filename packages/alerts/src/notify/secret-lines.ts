import type { YamlValue } from "@leadwire/funnel";
import type { SecretRef } from "./notification-config.ts";

const forms = "{ env: NAME } or { file: /PATH }";
const why = "No secret stands in a file of rules: put it into an environment variable, or into a file of its own.";

/** Where a secret is to be found. What is written out is refused, and not repeated in the fault. */
export const readSecretRef = (value: YamlValue): SecretRef | undefined => {
  if (value.isEmpty()) return value.refuse(forms);
  if (!value.isMap()) return value.refuse(forms, "a secret that is written out", why);
  const fields = value.fields(["env", "file"]);
  const name = fields?.optional("env", (at) =>
    at.parsed("the name of an environment variable, such as OPS_WEBHOOK_SECRET", (text) =>
      /^[A-Za-z_][A-Za-z0-9_]{0,199}$/u.test(text) ? text : undefined,
    ),
  );
  const path = fields?.optional("file", (at) =>
    at.parsed("the whole path of a file, such as /run/secrets/smtp", (text) =>
      text.startsWith("/") ? text : undefined,
    ),
  );
  if (name !== undefined && path !== undefined) return value.refuse("either env or file", "both");
  if (name !== undefined) return { _tag: "Environment", name };
  if (path !== undefined) return { _tag: "File", path };
  return value.refuse(forms, "neither");
};

const urlForm = "an address that begins with https:// or http://";

/** An address. One that has a user and a password in it is refused, and not repeated. */
export const readUrl = (value: YamlValue): string | undefined => {
  const text = value.text(urlForm);
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) return value.refuse(urlForm);
  if (url.username !== "" || url.password !== "")
    return value.refuse("an address without a user and a password", "one that has them", why);
  return text;
};

/** An address, or where to find it: some receivers know their senders by a secret address. */
export const readUrlOrSecret = (value: YamlValue): string | SecretRef | undefined =>
  value.isMap() ? readSecretRef(value) : readUrl(value);
