import type { SchemaRegistry } from "@leadwire/events";
import type { EventLog } from "@leadwire/log";
import type { BoardAccess, Viewer } from "@leadwire/wallboard";
import type { Deployment } from "../deployment/deployment.ts";
import { isLoopback } from "../shell/service-shell.ts";
import { followGrants } from "./access-grants.ts";

export interface AccessTerms {
  readonly log: EventLog;
  readonly registry: SchemaRegistry;
  readonly deployment: Pick<Deployment, "listen" | "wallboard">;
  readonly nowMs: () => number;
  readonly onFailure: (cause: unknown) => void;
}

export interface OpenAccess {
  readonly access: BoardAccess;
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

/** Who may see boards, after the tokens on leadwire.control and the config. */
export const openAccess = async (terms: AccessTerms): Promise<OpenAccess> => {
  const { book, stop } = await followGrants(terms);
  return {
    access: { anyone: anyoneOf(terms.deployment), viewerOf: (token) => book.viewerOf(token, terms.nowMs()) },
    stop,
  };
};
