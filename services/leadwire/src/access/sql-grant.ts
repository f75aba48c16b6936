import type { AccessGranted } from "@leadwire/events";
import { dimensionNamed } from "@leadwire/kpis";
import type { Reader } from "@leadwire/store";

/** `DIMENSION=VALUE`, where `rep` is the owner; undefined where it is not one. */
export const filterOf = (text: string): readonly [dimension: string, value: string] | undefined => {
  const equals = text.indexOf("=");
  const dimension = dimensionNamed(text.slice(0, Math.max(equals, 0)));
  return dimension === undefined ? undefined : [dimension, text.slice(equals + 1)];
};

/** What a grant lets its bearer ask in SQL; undefined where it does not, or nobody can read to which rows it is held. */
export const readerOfGrant = ({ token_id: id, can, where, revoked_at }: AccessGranted): Reader | undefined => {
  if (!can.includes("sql") || revoked_at !== null) return undefined;
  const filters = where.map(filterOf);
  const known = filters.filter((filter) => filter !== undefined);
  // Who may see some rows alone sees none rather than all.
  return known.length === filters.length ? { id, where: known } : undefined;
};
