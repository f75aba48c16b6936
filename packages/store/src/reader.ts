import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import type { StoreFault } from "./store-fault.ts";

/** One who asks in SQL: a user of ClickHouse's own, made from a token of the workspace. */
export interface Reader {
  /** The token's id (`t-7f3a19c2`), or `analyst`: whoever may ask without one. */
  readonly id: string;
  /** These rows alone: of one dimension any of its values, of several dimensions all. Empty: all rows. */
  readonly where: ReadonlyArray<readonly [dimension: string, value: string]>;
}

/** Whoever may ask without a token: all rows. */
export const analystReader: Reader = { id: "analyst", where: [] };

/** How a request is sent so that ClickHouse runs it as a reader, held to their grants, limits, quota and row policies. */
export interface ReaderLogin {
  /** Of ClickHouse's HTTP interface. */
  readonly url: string;
  /** User, password and whatever else the server asks for. Never shown to the one who asks. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The readers whom ClickHouse knows. */
export interface ReaderDoor {
  /**
   * Makes ClickHouse know exactly these besides `analyst`: users, grants, limits, row policies on the tables of every
   * generation. An embedded server may pause for it: what is asked meanwhile waits.
   */
  readonly admit: (readers: ReadonlyArray<Reader>) => TaskEither<StoreFault, void>;
  /** The login of one who was admitted; undefined for anybody else. */
  readonly loginOf: (reader: Reader) => ReaderLogin | undefined;
  /**
   * As `admit` with the same readers again, over the generations made since: until then those are closed to readers who
   * see some rows only. Nothing where nobody was admitted through this store.
   */
  readonly cover: () => TaskEither<StoreFault, void>;
  /**
   * For each request that is sent with a login: resolves when the server takes it, with what to call once the answer has
   * ended. A pause waits for those under way (10 s at most); one that was not announced here is cut by it.
   */
  readonly enter: () => Promise<() => void>;
  /** Resolves when the server takes requests: at once, or when an embedded one that died or pauses is back. */
  readonly ready: () => Promise<void>;
}
