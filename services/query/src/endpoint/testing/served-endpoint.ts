import { createServer } from "node:http";
import { analystReader, type Store } from "@leadwire/store";
import { openGate } from "../../gate/judge.ts";
import { settingRefusal } from "../../gate/setting-rules.ts";
import { SqlEndpoint } from "../endpoint.ts";
import { judgeWith } from "../judge-ask.ts";
import type { SeatLimits } from "../seats.ts";
import { SqlDoor } from "../sql-door.ts";

export interface ServedEndpoint {
  readonly url: string;
  readonly door: SqlDoor;
  /** Takes the token back. */
  readonly revoke: () => void;
  readonly close: () => void;
}

/** The token that is worth something until it is taken back. */
export const rightToken = "lwt_right";

/** A store's endpoint on a port of its own, both walls up. */
export const serveEndpoint = async (
  store: Store,
  options: { readonly seats?: Partial<SeatLimits>; readonly readyWaitMs?: number } = {},
): Promise<ServedEndpoint> => {
  let stands = true;
  const door = new SqlDoor({
    readers: store.readers,
    judge: judgeWith(openGate(store)),
    randomHex: (bytes) => "ab".repeat(bytes),
    sweepMs: 20,
    ...options,
  });
  const endpoint = new SqlEndpoint({
    door,
    callerOf: (password) => {
      if (password === undefined) return "needed";
      return password === rightToken && stands ? { reader: analystReader, stands: () => stands } : "unknown";
    },
    settingRefusal,
  });
  const server = createServer((request, response) => void endpoint.handle(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve());
  });
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${place.port}`,
    door,
    revoke: () => {
      stands = false;
    },
    close: () => {
      door.close();
      server.closeAllConnections();
      server.close();
    },
  };
};
