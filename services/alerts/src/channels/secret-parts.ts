import type { Endpoint } from "./endpoint.ts";

/** Shorter parts are no secrets. */
const partLengthMin = 4;

/** The parts of an address that may be a secret (`/services/T…/B…/…`): an answer that repeats one is not shown. */
export const secretParts = ({ url }: Endpoint): ReadonlyArray<string> =>
  [...url.pathname.split("/"), ...url.searchParams.values()].filter(({ length }) => length >= partLengthMin);
