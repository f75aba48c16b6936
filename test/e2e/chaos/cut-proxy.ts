import { connect, createServer, type Socket } from "node:net";

/** Stands between clients and a server, so that their connections can be broken without either of them knowing why. */
export interface CutProxy {
  /** Stays the same whatever becomes of the server. */
  readonly port: number;
  readonly aimAt: (port: number) => void;
  /** Breaks every connection that is open now. */
  readonly cut: () => void;
  /** While refused, every connection is broken, new ones as soon as they come. */
  readonly refuse: (refused: boolean) => void;
  /** Everything takes so much longer, each way; 0 for not at all. */
  readonly slow: (ms: number) => void;
  /** While stalled, connections stay open and carry nothing either way. */
  readonly stall: (stalled: boolean) => void;
  readonly close: () => Promise<void>;
}

/** What all connections of a proxy go by. */
interface Passage {
  stalled: boolean;
  refused: boolean;
  slowMs: number;
}

interface Held {
  readonly bytes: Buffer;
  readonly dueMs: number;
}

/** Carries one direction, in order, also when it has just stopped being slow. */
const carry = (from: Socket, to: Socket, passage: Passage): void => {
  const held: Array<Held> = [];
  const pass = (bytes: Buffer): void => {
    if (!to.destroyed && !to.write(bytes)) from.pause();
  };
  const passDue = (): void => {
    for (let first = held[0]; first !== undefined; first = held[0]) {
      const leftMs = first.dueMs - performance.now();
      if (leftMs > 0) {
        setTimeout(passDue, leftMs);
        return;
      }
      held.shift();
      pass(first.bytes);
    }
  };
  from.on("data", (bytes: Buffer) => {
    if (passage.slowMs === 0 && held.length === 0) {
      pass(bytes);
      return;
    }
    held.push({ bytes: Buffer.from(bytes), dueMs: performance.now() + passage.slowMs });
    if (held.length === 1) passDue();
  });
  to.on("drain", () => {
    if (!passage.stalled) from.resume();
  });
  from.on("error", () => undefined);
  from.on("close", () => to.destroy());
};

/** Listens on a free port of 127.0.0.1; aim it before anybody connects. */
export const openCutProxy = async (): Promise<CutProxy> => {
  const sockets = new Set<Socket>();
  let target = 0;
  const passage: Passage = { stalled: false, refused: false, slowMs: 0 };
  const server = createServer((client) => {
    if (passage.refused) {
      client.destroy();
      return;
    }
    const upstream = connect(target, "127.0.0.1");
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      if (passage.stalled) socket.pause();
    }
    carry(client, upstream, passage);
    carry(upstream, client, passage);
  });
  const cut = (): void => {
    for (const socket of [...sockets]) socket.destroy();
  };
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return {
    port: address.port,
    aimAt: (port) => {
      target = port;
    },
    cut,
    refuse: (now) => {
      passage.refused = now;
      if (now) cut();
    },
    slow: (ms) => {
      passage.slowMs = ms;
    },
    stall: (now) => {
      passage.stalled = now;
      for (const socket of sockets) {
        if (now) socket.pause();
        else socket.resume();
      }
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cut();
      await closed;
    },
  };
};
