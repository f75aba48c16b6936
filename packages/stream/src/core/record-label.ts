import { keyBytesMax } from "@leadwire/events";

/**
 * A text by which records are counted, as anyone may have written it: no longer than a sound one can be, and without
 * NUL, which parts source and backfill in the ledger's keys. Sound texts stay as they are.
 */
const recordLabel = (text: string): string => text.slice(0, keyBytesMax).toWellFormed().replaceAll("\0", "\ufffd");

/** The source system that a record counts for: its own word, else its header's; empty where nobody says. */
export const recordSource = (own: string, header: string | undefined): string => recordLabel(own || (header ?? ""));

/** The import or replay that a record counts for; empty for a live one. */
export const recordBackfill = (header: string | undefined): string => recordLabel(header ?? "");
