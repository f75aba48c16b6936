import type { AccessGranted } from "@leadwire/events";
import { dimensions } from "@leadwire/funnel";
import type { Reader } from "@leadwire/store";

const isDimension = (name: string): boolean => dimensions.some((dimension) => dimension === name);

/** `DIMENSION=VALUE`; undefined where it is not one. */
export const filterOf = (text: string): readonly [dimension: string, value: string] | undefined => {
  const equals = text.indexOf("=");
  const name = text.slice(0, Math.max(equals, 0));
  return isDimension(name) ? [name, text.slice(equals + 1)] : undefined;
};

/** What a grant lets its bearer ask in SQL; undefined where it does not, or nobody can read to which rows it is held. */
export const readerOfGrant = ({ token_id: id, can, where, revoked_at }: AccessGranted): Reader | undefined => {
  if (!can.includes("sql") || revoked_at !== null) return undefined;
  const filters = where.map(filterOf);
  const known = filters.filter((filter) => filter !== undefined);
  // Who may see some rows alone sees none rather than all.
  return known.length === filters.length ? { id, where: known } : undefined;
};
