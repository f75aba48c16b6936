import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import {
  dropPolicy,
  dropReader,
  type KnownPolicy,
  makeReader,
  quotaStatements,
} from "../model/readers/reader-statements.ts";
import { analystReader, type Reader, type ReaderDoor } from "../reader.ts";
import type { Store } from "../store.ts";
import type { StoreFault } from "../store-fault.ts";
import { generationsOf } from "./generations-of.ts";
import { inTurn } from "./in-turn.ts";
import { isAdmitted, type LoginTerms, readerLogin } from "./reader-login.ts";
import { type ReaderUser, readerUser, readerUserPrefix, sha256 } from "./reader-user.ts";

type Server = Pick<Store, "rows" | "command" | "layout">;

const usersSql = `SELECT name FROM system.users WHERE startsWith(name, '${readerUserPrefix}')`;
const policiesSql = `SELECT DISTINCT short_name, database, table FROM system.row_policies WHERE startsWith(short_name, '${readerUserPrefix}')`;

/** The statements that take away who is no reader any more. */
const leaving = async (
  server: Server,
  stays: (name: string) => boolean,
): Promise<Either<StoreFault, ReadonlyArray<string>>> => {
  const users = await server.rows(usersSql)();
  if (isLeft(users)) return users;
  const policies = await server.rows(policiesSql)();
  if (isLeft(policies)) return policies;
  const known = policies.right.map(
    ([name, database, table]): KnownPolicy => ({
      name: String(name),
      database: String(database),
      table: String(table),
    }),
  );
  return right([
    ...users.right.flatMap(([name]) => (stays(String(name)) ? [] : [dropReader(server.layout, String(name))])),
    ...known.flatMap((policy) => (stays(policy.name) ? [] : [dropPolicy(server.layout, policy)])),
  ]);
};

const makeStatements = ({ layout }: Server, users: ReadonlyArray<ReaderUser>): ReadonlyArray<string> => [
  ...quotaStatements(
    layout,
    users.map(({ name }) => name),
  ),
  ...users.flatMap(({ password, ...user }) => makeReader(layout, { ...user, passwordSha256: sha256(password) })),
];

/** The readers of a given server or cluster: users that the engine makes there, and takes away. */
export const serverReaders = (terms: LoginTerms, server: Server): ReaderDoor => {
  let admitted: ReadonlyArray<Reader> = [];
  const turns = inTurn();

  const admit = async (readers: ReadonlyArray<Reader>): Promise<Either<StoreFault, void>> => {
    const generations = await generationsOf(server)();
    if (isLeft(generations)) return generations;
    const users = readers.map((reader) => readerUser(terms.users.engine.password, reader, generations.right));
    const names = new Set(users.map(({ name }) => name));
    const dropped = await leaving(server, (name) => names.has(name));
    if (isLeft(dropped)) return dropped;
    // Whoever leaves has no login from here on, also where a statement fails.
    admitted = admitted.filter(isAdmitted(readers));
    for (const statement of [...dropped.right, ...(users.length === 0 ? [] : makeStatements(server, users))]) {
      const outcome = await server.command(statement)();
      if (isLeft(outcome)) return outcome;
    }
    admitted = readers;
    return right(undefined);
  };

  return {
    admit: (readers) => () => turns(() => admit(readers.filter(({ id }) => id !== analystReader.id))),
    cover: () => () => turns(async () => (admitted.length === 0 ? right(undefined) : admit(admitted))),
    loginOf: (reader) => (isAdmitted(admitted)(reader) ? readerLogin(terms, reader) : undefined),
    enter: async () => () => undefined,
    ready: async () => undefined,
  };
};
