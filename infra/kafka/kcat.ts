import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A record as kcat sends it. */
export interface KcatRecord {
  readonly key: string;
  readonly value: Uint8Array;
}

/** Debian's librdkafka client: kcat, once called kafkacat. */
const programs = ["kcat", "kafkacat"];

/** Its name; undefined where it is not installed. With CI set it has to be there, and its absence throws. */
export const kcatProgram = (): string | undefined => {
  const found = programs.find((program) => {
    try {
      execFileSync(program, ["-V"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
  if (found === undefined && process.env.CI !== undefined)
    throw new Error("kcat is not installed: infra/ci/install-kcat.sh does it on Debian.");
  return found;
};

/** Neither stands in a framed record of the tests; kcat takes text of any length, but no NUL. */
const keyEnd = "\u001f|key|\u001f";
const recordEnd = "\u001e|record|\u001e";

/** Sends records with librdkafka's own partitioner (CRC-32 of the key), and waits until the broker has them. */
export const kcatProduce = (bootstrap: string, topic: string, records: ReadonlyArray<KcatRecord>): void => {
  const program = kcatProgram();
  if (program === undefined) throw new Error("kcat is not installed: infra/ci/install-kcat.sh does it on Debian.");
  const folder = mkdtempSync(join(tmpdir(), "leadwire-kcat-"));
  try {
    const file = join(folder, "records");
    const parts = records.flatMap(({ key, value }) => [Buffer.from(key + keyEnd), value, Buffer.from(recordEnd)]);
    writeFileSync(file, Buffer.concat(parts));
    const options = ["-P", "-b", bootstrap, "-t", topic, "-K", keyEnd, "-D", recordEnd, "-X", "acks=all", "-l", file];
    execFileSync(program, options, { stdio: ["ignore", "ignore", "pipe"] });
  } finally {
    rmSync(folder, { recursive: true });
  }
};
