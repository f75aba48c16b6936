const texts: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was cut",
  EPIPE: "the connection was cut",
  ETIMEDOUT: "no connection was made in time",
  EHOSTUNREACH: "there is no way to the host",
  ENETUNREACH: "there is no way to the network",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is of an authority that is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is of an authority that is not trusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate is of an authority that is not trusted",
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is of another host",
  EPROTO: "it does not speak TLS there",
};

const codeOf = (error: Error): string | undefined => {
  // nodemailer puts a code of its own over the one that says what happened.
  for (const name of ["originalCode", "code"]) {
    const code: unknown = Reflect.get(error, name);
    if (typeof code === "string" && /^[A-Z0-9_]{1,64}$/u.test(code)) return code;
  }
  if (error instanceof AggregateError) {
    const first: unknown = error.errors[0];
    return first instanceof Error ? codeOf(first) : undefined;
  }
  return undefined;
};

/** What went wrong on the way, from the error's code alone: its text may hold an address that is a secret. */
export const networkFaultText = (error: unknown): string => {
  const code = error instanceof Error ? codeOf(error) : undefined;
  if (code === undefined) return "the connection failed";
  const text = texts[code];
  return text === undefined ? `the connection failed (${code})` : `${text} (${code})`;
};
