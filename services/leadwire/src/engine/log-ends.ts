import type { EventLog, LogPosition } from "@leadwire/log";

/**
 * Passes of "everything appended so far is folded" until nothing follows from it any more: a record sent on to its place
 * is read there, and the account tasks read what the funnel's tasks write.
 */
export const settlePasses = 3;

/** Where every partition of these topics ends now. */
export const endsOf = async (
  log: EventLog,
  topics: ReadonlyArray<string>,
  partitions: number,
): Promise<ReadonlyArray<LogPosition>> => {
  const places = topics.flatMap((topic) =>
    Array.from({ length: partitions }, (_, partition) => ({ topic, partition })),
  );
  const bounds = await log.boundsOf(places);
  return places.map((place, index) => ({ ...place, offset: bounds[index]?.end ?? 0 }));
};
