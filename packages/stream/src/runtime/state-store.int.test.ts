import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("says of a disk that takes no more which folder it is and what to do, and leaves no fault unseen", () => {
  const folder = mkdtempSync(join(tmpdir(), "leadwire-state-"));
  const script = fileURLToPath(new URL("../testing/commit-until-refused.ts", import.meta.url));
  // A limit on file size cuts a write short without any privileges; 4,096 blocks are 2 or 4 MB.
  const limited = ["-c", 'ulimit -f 4096; exec "$0" "$1" "$2"', process.execPath, script, folder];
  const said = execFileSync("sh", limited, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  rmSync(folder, { recursive: true });
  expect(said).toContain(`The state in ${folder} cannot be written`);
  expect(said).toContain("make room, and start again");
});
