import { judgeWith, openGate, SqlDoor, SqlEndpoint, settingRefusal } from "@leadwire/query";
import type { Store } from "@leadwire/store";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { FollowedGrants } from "../access/access-grants.ts";
import { ReaderAdmission } from "../access/reader-admission.ts";
import { type SqlAccessTerms, sqlCallers } from "../access/sql-access.ts";
import { registerEndpoint } from "../http/clickhouse-route.ts";
import { registerSqlRoute } from "../http/sql-route.ts";

export interface SqlTerms extends SqlAccessTerms {
  readonly store: Store;
  readonly grants: FollowedGrants;
  readonly randomHex: (bytes: number) => string;
  readonly onNotice: (text: string) => void;
}

export interface OpenSql {
  /** Adds the ClickHouse address: before any guard, since it has keys of its own. */
  readonly registerEndpoint: (app: FastifyInstance) => void;
  /** Adds `/api/sql`. */
  readonly registerRoutes: (
    app: FastifyInstance,
    cookieToken?: (request: FastifyRequest) => string | undefined,
  ) => void;
  /** Ends what is being asked. */
  readonly stop: () => Promise<void>;
}

/** SQL over HTTP; those whose tokens stand are known to ClickHouse when it resolves. */
export const openSql = async (terms: SqlTerms): Promise<OpenSql> => {
  const { store, grants, randomHex, nowMs, onNotice } = terms;
  const { readers } = store;
  const admission = new ReaderAdmission({ book: grants.book, readers, nowMs, onNotice });
  await admission.start();
  grants.onGrant(() => admission.changed());
  const callerOf = sqlCallers(grants.book, terms);
  const door = new SqlDoor({ readers, judge: judgeWith(openGate(store)), randomHex });
  const endpoint = new SqlEndpoint({ door, callerOf, settingRefusal });
  return {
    registerEndpoint: (app) => registerEndpoint(app, endpoint),
    registerRoutes: (app, cookieToken = () => undefined) => registerSqlRoute(app, { door, callerOf, cookieToken }),
    stop: async () => {
      door.close();
      await admission.stop();
    },
  };
};
