/** What became of a source's records, as far as each ends as exactly one of these. */
export interface Counts {
  readonly applied: number;
  readonly duplicate: number;
  readonly quarantined: number;
  readonly forwarded: number;
}

export const countOf = ({ applied, duplicate, quarantined, forwarded }: Counts): number =>
  applied + duplicate + quarantined + forwarded;

/** Records by source. */
export const countsBySource = (
  ledger: ReadonlyArray<{ readonly source: string; readonly counts: Counts }>,
): ReadonlyMap<string, number> => new Map(ledger.map(({ source, counts }) => [source, countOf(counts)]));
