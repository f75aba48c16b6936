import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { EmbeddedServer } from "../embedded/embedded-server.ts";
import { analystReader, type Reader, type ReaderDoor } from "../reader.ts";
import type { Store } from "../store.ts";
import type { StoreFault } from "../store-fault.ts";
import { generationsOf } from "./generations-of.ts";
import { inTurn } from "./in-turn.ts";
import { isAdmitted, type LoginTerms, readerLogin } from "./reader-login.ts";
import { readerUser } from "./reader-user.ts";

/** The readers of an embedded server: users of its users.xml. */
export const embeddedReaders = (terms: LoginTerms, server: EmbeddedServer, store: Pick<Store, "rows">): ReaderDoor => {
  let admitted: ReadonlyArray<Reader> = [];
  const turns = inTurn();

  const admit = async (readers: ReadonlyArray<Reader>): Promise<Either<StoreFault, void>> => {
    await server.ready();
    const generations = await generationsOf(store)();
    if (isLeft(generations)) return generations;
    const users = readers.map((reader) => readerUser(terms.users.engine.password, reader, generations.right));
    // Whoever leaves has no login from here on.
    admitted = admitted.filter(isAdmitted(readers));
    const outcome = await server.admit(users.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
    if (isLeft(outcome)) return left({ _tag: "Unavailable", detail: outcome.left.detail });
    admitted = readers;
    return right(undefined);
  };

  return {
    admit: (readers) => () => turns(() => admit(readers.filter(({ id }) => id !== analystReader.id))),
    // Who sees all rows may read any generation.
    cover: () => () =>
      turns(async () => (admitted.some(({ where }) => where.length > 0) ? admit(admitted) : right(undefined))),
    loginOf: (reader) => (isAdmitted(admitted)(reader) ? readerLogin(terms, reader) : undefined),
    enter: async () => {
      await server.ready();
      return server.gates.analyst.enter();
    },
    ready: server.ready,
  };
};
