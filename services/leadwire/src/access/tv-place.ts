import type { TvPlace } from "@leadwire/wallboard";

/** Reads `show/ID` or `boards/ID`. */
export const tvPlaceOf = (text: string): TvPlace | undefined => {
  const [, kind, id] = /^(show|boards)\/([\p{L}\p{N}_-]{1,60})$/u.exec(text) ?? [];
  return id === undefined ? undefined : { kind: kind === "show" ? "show" : "boards", id };
};
