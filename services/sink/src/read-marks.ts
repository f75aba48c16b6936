import {
  generationDatabase,
  logDatabase,
  readPositions,
  type Store,
  type StoredPosition,
  type StoreFault,
} from "@leadwire/store";
import { isLeft, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";

/** Up to where every topic is stored: the log's own and those of a generation. */
export const readMarks =
  (store: Store, generation: string): TaskEither<StoreFault, ReadonlyArray<StoredPosition>> =>
  async () => {
    const log = await readPositions(store, logDatabase)();
    if (isLeft(log)) return log;
    const derived = await readPositions(store, generationDatabase(generation))();
    return isLeft(derived) ? derived : right([...log.right, ...derived.right]);
  };
