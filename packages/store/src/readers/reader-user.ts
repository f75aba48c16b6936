import { createHash, createHmac } from "node:crypto";
import { readerGrants } from "../model/readers/reader-grants.ts";
import type { RowFilter } from "../model/readers/row-filters.ts";
import { rowFilters } from "../model/readers/row-filters.ts";
import type { Reader } from "../reader.ts";

/** In front of a token's id: which of a server's users are ours to make and to drop. */
export const readerUserPrefix = "leadwire_reader_";

const idPattern = /^[a-z0-9][a-z0-9-]{0,40}$/;

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * The name that ClickHouse knows a reader by. Who sees some rows only has them in the name, as a hash: what such a user
 * may see never changes, so there is no moment in between. Throws on an id that is none of ours.
 */
export const readerUserName = ({ id, where }: Reader): string => {
  if (!idPattern.test(id)) throw new Error(`reader "${id}": expected up to 41 of a-z, 0-9 and -`);
  const rows = where.length === 0 ? "" : `_${sha256(JSON.stringify(where)).slice(0, 12)}`;
  return `${readerUserPrefix}${id}${rows}`;
};

/** Follows from the engine's own secret, so that it stands nowhere and every service of a cluster comes to the same. */
export const readerPassword = (secret: string, { id }: Reader): string =>
  createHmac("sha256", secret).update(`reader ${id}`).digest("hex");

/** A user of ClickHouse's own. */
export interface ReaderUser {
  readonly name: string;
  readonly password: string;
  readonly grants: ReadonlyArray<string>;
  readonly filters: ReadonlyArray<RowFilter>;
}

/** The user that a reader is, over the generations that exist. */
export const readerUser = (secret: string, reader: Reader, generations: ReadonlyArray<string>): ReaderUser => ({
  name: readerUserName(reader),
  password: readerPassword(secret, reader),
  grants: readerGrants(reader, generations),
  filters: rowFilters(reader, generations),
});
