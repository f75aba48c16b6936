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

/** Whom the server knows of ours. */
interface Known {
  readonly users: ReadonlyArray<string>;
  readonly policies: ReadonlyArray<KnownPolicy>;
}

const knownOf = async (server: Server): Promise<Either<StoreFault, Known>> => {
  const users = await server.rows(usersSql)();
  if (isLeft(users)) return users;
  const policies = await server.rows(policiesSql)();
  if (isLeft(policies)) return policies;
  return right({
    users: users.right.map(([name]) => String(name)),
    policies: policies.right.map(([name, database, table]) => ({
      name: String(name),
      database: String(database),
      table: String(table),
    })),
  });
};

/** The statements that take away who is no reader any more: users first, since one without policies sees all rows. */
const leaving = ({ layout }: Server, { users, policies }: Known, stays: (name: string) => boolean) => [
  ...users.flatMap((name) => (stays(name) ? [] : [dropReader(layout, name)])),
  ...policies.flatMap((policy) => (stays(policy.name) ? [] : [dropPolicy(layout, policy)])),
];

/** The readers of a given server or cluster: users that the engine makes there, and takes away. */
export const serverReaders = (terms: LoginTerms, server: Server): ReaderDoor => {
  let admitted: ReadonlyArray<Reader> = [];
  const turns = inTurn();
  /** What each user was made of, so that a change costs its own statements: on a cluster each takes a moment. */
  const made = new Map<string, Set<string>>();

  const make = async ({ password, ...user }: ReaderUser): Promise<Either<StoreFault, void>> => {
    const done = made.get(user.name) ?? new Set();
    made.set(user.name, done);
    for (const statement of makeReader(server.layout, { ...user, passwordSha256: sha256(password) })) {
      if (done.has(statement)) continue;
      const outcome = await server.command(statement)();
      if (isLeft(outcome)) return outcome;
      done.add(statement);
    }
    return right(undefined);
  };

  const admit = async (readers: ReadonlyArray<Reader>): Promise<Either<StoreFault, void>> => {
    const generations = await generationsOf(server)();
    if (isLeft(generations)) return generations;
    const known = await knownOf(server);
    if (isLeft(known)) return known;
    const users = readers.map((reader) => readerUser(terms.users.engine.password, reader, generations.right));
    const names = users.map(({ name }) => name);
    // Whoever leaves has no login from here on, also where a statement fails.
    admitted = admitted.filter(isAdmitted(readers));
    // Another service may have dropped one.
    for (const name of made.keys()) if (!known.right.users.includes(name) || !names.includes(name)) made.delete(name);
    for (const statement of leaving(server, known.right, (name) => names.includes(name))) {
      const outcome = await server.command(statement)();
      if (isLeft(outcome)) return outcome;
    }
    for (const user of users) {
      const outcome = await make(user);
      if (isLeft(outcome)) return outcome;
    }
    for (const statement of names.length === 0 ? [] : quotaStatements(server.layout, names)) {
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
