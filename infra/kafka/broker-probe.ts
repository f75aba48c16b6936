import { connect } from "node:net";

/** Whether a broker on this port answers an ApiVersions request: it binds its port before it serves. */
export const answersOn = (port: number, host = "127.0.0.1"): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host, () => {
      const apiVersions = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 255, 255]);
      socket.write(apiVersions);
    });
    socket.setTimeout(2_000, () => socket.destroy());
    socket.once("data", () => {
      resolve(true);
      socket.destroy();
    });
    socket.once("error", () => undefined);
    socket.once("close", () => resolve(false));
  });
