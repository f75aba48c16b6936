import { factsTopic, metricsTopic } from "@leadwire/events";
import { type EventLog, partitionName } from "@leadwire/log";
import { generationDatabase, readPositions, type Store, type StoreFault } from "@leadwire/store";
import { type Either, isLeft, right } from "fp-ts/lib/Either.js";

/**
 * Whether facts or slices are gone for ClickHouse: it has not stored them (its folder was deleted, or put back from an
 * old copy), and the topics that carried them have expired. Only folding the log anew brings them back.
 */
export const outputsAreLost = async (
  log: EventLog,
  store: Store,
  generation: string,
  partitions: number,
): Promise<Either<StoreFault, boolean>> => {
  const marks = await readPositions(store, generationDatabase(generation))();
  if (isLeft(marks)) return marks;
  const stored = new Map(marks.right.map((mark) => [partitionName(mark), mark.nextOffset]));
  for (const topic of [factsTopic(generation), metricsTopic(generation)]) {
    for (let partition = 0; partition < partitions; partition += 1) {
      const { start } = await log.bounds({ topic, partition });
      if ((stored.get(partitionName({ topic, partition })) ?? 0) < start) return right(true);
    }
  }
  return right(false);
};
