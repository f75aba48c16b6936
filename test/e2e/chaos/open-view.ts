import { metricsTopic } from "@leadwire/events";
import { dimensions, type Workspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import type { EventLog } from "@leadwire/log";
import { generationDatabase, readPositions, readSlices, type Store, StoreError } from "@leadwire/store";
import { LiveView, type LiveViewOptions } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { partitions } from "./chaos-rig.ts";

export interface ViewTerms {
  readonly log: EventLog;
  readonly generation: string;
  readonly workspace: Workspace;
  readonly nowMs: () => number;
  readonly onFailure: (cause: unknown) => void;
}

const optionsOf = (terms: ViewTerms): LiveViewOptions => ({
  ...terms,
  partitions,
  catalogue,
  dimensions,
  onExpired: async (partition) => {
    terms.onFailure(new Error(`the metrics topic forgot partition ${partition}`));
    return 0;
  },
});

/** A view that knows the metrics topic alone. */
export const viewOfTopic = (terms: ViewTerms): LiveView => new LiveView(optionsOf(terms));

const answered = async <A>(ask: TaskEither<ConstructorParameters<typeof StoreError>[0], A>): Promise<A> => {
  const outcome = await ask();
  if (isLeft(outcome)) throw new StoreError(outcome.left);
  return outcome.right;
};

/** A view that begins as a board does: positions, then slices from ClickHouse, then the topic from there. */
export const viewOfStore = (terms: ViewTerms, store: Store): LiveView => {
  const { generation } = terms;
  const topic = metricsTopic(generation);
  return new LiveView({
    ...optionsOf(terms),
    loadSlices: async () => {
      const marks = await answered(readPositions(store, generationDatabase(generation)));
      const own = marks.filter((mark) => mark.topic === topic);
      return {
        positions: new Map(own.map(({ partition, nextOffset }) => [partition, nextOffset])),
        slices: await answered(readSlices(store, generation)),
      };
    },
  });
};
