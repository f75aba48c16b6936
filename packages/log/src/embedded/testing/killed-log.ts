import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The topic that append-until-killed.ts writes. */
export const killTopic = "killed";

/** What record `index` of append call `call` holds: its name and a filling that tells a torn value apart. */
export const recordValue = (call: number, index: number): Buffer =>
  Buffer.from(`${call}:${index}:${"x".repeat((call + index) % 300)}.`);

/** An append that was acknowledged before the kill, and the positions its records were given. */
export interface Acknowledged {
  readonly call: number;
  readonly positions: ReadonlyArray<{ readonly partition: number; readonly offset: number }>;
}

/** Lets a process append to the folder, kills it with SIGKILL `afterMs` after its first acknowledgement; what it acknowledged. */
export const appendAndKill = async (
  folder: string,
  partitions: number,
  firstCall: number,
  afterMs: number,
): Promise<ReadonlyArray<Acknowledged>> => {
  const script = fileURLToPath(new URL("append-until-killed.ts", import.meta.url));
  const child = spawn(process.execPath, [script, folder, String(partitions), String(firstCall)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let output = "";
  let killer: NodeJS.Timeout | undefined;
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text: string) => {
    output += text;
    killer ??= setTimeout(() => child.kill("SIGKILL"), afterMs);
  });
  const closed = once(child.stdout, "close");
  const [, signal] = await exited;
  await closed;
  clearTimeout(killer);
  if (signal !== "SIGKILL") throw new Error(`The appending process ended by itself (${String(signal)}).`);
  // The last line may be cut: its append counts as not acknowledged.
  return output.split("\n").slice(0, -1).map(parseLine);
};

const parseLine = (line: string): Acknowledged => {
  const [call = "", places = ""] = line.split(" ");
  const positions = places.split(",").map((place) => {
    const [partition, offset] = place.split("@");
    return { partition: Number(partition), offset: Number(offset) };
  });
  return { call: Number(call), positions };
};
