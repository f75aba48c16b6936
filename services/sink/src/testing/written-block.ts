import { type Store, type StoreFault, type TableWriter, unavailable } from "@leadwire/store";
import { noReaders } from "@leadwire/store/testing";
import { left, right } from "fp-ts/lib/TaskEither.js";

const refuse = () => left<StoreFault>(unavailable(new Error("this store only takes blocks")));

/** What a writer would send: the columns' names and the block's bytes. */
export const writtenBlock = async <Row extends ReadonlyArray<unknown>>(writer: TableWriter<Row>): Promise<string> => {
  let sent = "";
  const store: Store = {
    layout: { _tag: "single" },
    readers: noReaders,
    query: refuse,
    rows: refuse,
    scan: refuse,
    command: refuse,
    insertNative: (_table, columns, block) => {
      sent = `${columns.join()} ${Buffer.concat(block).toString("latin1")}`;
      return right(undefined);
    },
    close: () => Promise.resolve(),
  };
  await writer.insert(store)();
  return sent;
};
