/** Of one table: beyond these a sink inserts ever more rarely, so that merging can catch up. */
const calmParts = 200;
const partsPerStep = 25;

export interface InsertIntervalInput {
  /** Between two inserts into one table by all sinks together. */
  readonly ageMs: number;
  /** Partitions that this sink reads, of all that the group shares. */
  readonly owned: number;
  readonly total: number;
  /** Active parts of the table with the most. */
  readonly partsMax: number;
}

/**
 * How long a sink waits between two of its inserts. One with a share of the partitions takes the same share of the
 * inserts: however many sinks there are, each table gets at most one new part per `ageMs`.
 */
export const insertIntervalMs = ({ ageMs, owned, total, partsMax }: InsertIntervalInput): number => {
  const share = owned === 0 || total <= owned ? 1 : owned / total;
  return (ageMs / share) * (1 + Math.max(0, partsMax - calmParts) / partsPerStep);
};
