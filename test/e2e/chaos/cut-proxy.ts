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
  /** While stalled, connections stay open and carry nothing either way. */
  readonly stall: (stalled: boolean) => void;
  readonly close: () => Promise<void>;
}

const carry = (from: Socket, to: Socket, isStalled: () => boolean): void => {
  from.on("data", (bytes: Buffer) => {
    if (!to.write(bytes)) from.pause();
  });
  to.on("drain", () => {
    if (!isStalled()) from.resume();
  });
  from.on("error", () => undefined);
  from.on("close", () => to.destroy());
};

/** Listens on a free port of 127.0.0.1; aim it before anybody connects. */
export const openCutProxy = async (): Promise<CutProxy> => {
  const sockets = new Set<Socket>();
  let target = 0;
  let refused = false;
  let stalled = false;
  const server = createServer((client) => {
    if (refused) {
      client.destroy();
      return;
    }
    const upstream = connect(target, "127.0.0.1");
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      if (stalled) socket.pause();
    }
    carry(client, upstream, () => stalled);
    carry(upstream, client, () => stalled);
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
      refused = now;
      if (now) cut();
    },
    stall: (now) => {
      stalled = now;
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
