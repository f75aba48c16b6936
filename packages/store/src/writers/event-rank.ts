import type { ByteColumn } from "../byte-column.ts";

/**
 * Decides between contents of one event, as UInt128: the revision above the hash's first 64 bits turned round, so that
 * the smaller hash has the higher rank.
 *
 * @param contentHash in hex
 */
export const writeRank = (rank: ByteColumn, revision: number, contentHash: string): void =>
  rank.uint128(revision, ~Number.parseInt(contentHash.slice(0, 8), 16), ~Number.parseInt(contentHash.slice(8, 16), 16));
