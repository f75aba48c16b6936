/** The `type` of a problem (RFC 9457): its code as a URI reference that names the kind of fault, `/problems/unknown-metric`. */
export const problemType = (code: string): string =>
  `/problems/${code.replace(/(?<=[a-z0-9])(?=[A-Z])/gu, "-").toLowerCase()}`;
