import type { SchemaRegistry } from "@leadwire/events";
import type { EventLog } from "@leadwire/log";
import type { BoardAccess, Viewer } from "@leadwire/wallboard";
import type { Deployment } from "../deployment/deployment.ts";
import { isLoopback } from "../deployment/loopback.ts";
import { type FollowedGrants, followGrants } from "./access-grants.ts";
import { sqlAskers } from "./sql-access.ts";

export interface AccessTerms {
  readonly log: EventLog;
  readonly registry: SchemaRegistry;
  readonly deployment: Pick<Deployment, "listen" | "wallboard">;
  /** See SqlAccessTerms. */
  readonly apiToken: string | undefined;
  readonly nowMs: () => number;
  readonly onFailure: (cause: unknown) => void;
}

export interface OpenAccess {
  readonly access: BoardAccess;
  readonly grants: FollowedGrants;
  readonly stop: () => Promise<void>;
}

/**
 * What may be asked without a token. On this machine's own address everything, unless the config wants a login; on any
 * other nothing, unless the config opens the boards, and then they can be seen but not saved.
 */
export const anyoneOf = ({ listen, wallboard }: AccessTerms["deployment"]): Viewer | null => {
  const isLocal = isLoopback(listen.host);
  const access = wallboard?.access ?? (isLocal ? "open" : "login");
  return access === "open" ? { name: null, canEdit: isLocal, boards: [], tv: null, expiresMs: null } : null;
};

/** Who may see boards, and ask in SQL, after the tokens on leadwire.control and the config. */
export const openAccess = async (terms: AccessTerms): Promise<OpenAccess> => {
  const grants = await followGrants(terms);
  const { book, stop } = grants;
  return {
    access: {
      anyone: anyoneOf(terms.deployment),
      viewerOf: (token) => book.viewerOf(token, terms.nowMs()),
      ...sqlAskers(book, terms),
    },
    grants,
    stop,
  };
};
