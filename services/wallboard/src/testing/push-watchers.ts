import { connect } from "node:net";
import type { Watched } from "./push.bench.ts";

/** The other process of push.bench.ts: so many watchers of a stream, until the parent says `end`. */
const [address = "", watchers = "1"] = process.argv.slice(2);
const { hostname, port, pathname } = new URL(address);
const latenciesMs: Array<number> = [];
let [frames, bytes, opened] = [0, 0, 0];

const readTimes = (text: string): void => {
  const nowMs = performance.timeOrigin + performance.now();
  for (const [, at] of text.matchAll(/"subject":"at ([\d.]+)"/gu)) latenciesMs.push(nowMs - Number(at));
};

for (let n = 0; n < Number(watchers); n += 1) {
  const isRead = n % 10 === 0;
  let isOpen = false;
  // Bare sockets: what they cost is not the server's, and there are only so many cores.
  const socket = connect(Number(port), hostname, () => {
    socket.write(`GET ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
  });
  socket.on("data", (chunk) => {
    bytes += chunk.length;
    const isFrame = chunk.indexOf("event: ") >= 0;
    if (isFrame) frames += 1;
    // The snapshot holds events of before.
    if (isRead && isOpen) readTimes(chunk.toString("latin1"));
    if (isOpen || !isFrame) return;
    isOpen = true;
    opened += 1;
    if (opened === Number(watchers)) process.send?.("open");
  });
}

process.on("message", () => {
  const watched: Watched = { frames, bytes, latenciesMs };
  process.send?.(watched, () => process.exit(0));
});
