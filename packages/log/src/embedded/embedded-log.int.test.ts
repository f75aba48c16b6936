import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventLogContract, type LogUnderTest } from "../testing/index.ts";
import { type EmbeddedLog, openEmbeddedLog } from "./embedded-log.ts";

const dayMs = 86_400_000;

const open = async (): Promise<LogUnderTest> => {
  const folder = mkdtempSync(join(tmpdir(), "leadwire-log-"));
  let clockMs = 1_700_000_000_000;
  const start = (): Promise<EmbeddedLog> => openEmbeddedLog({ folder, nowMs: () => clockMs++ });
  let log = await start();
  return {
    get log() {
      return log;
    },
    reopen: async () => {
      await log.close();
      log = await start();
      return log;
    },
    expireAllButLast: async () => {
      await log.expire(clockMs + dayMs);
    },
    dispose: async () => {
      await log.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

eventLogContract("embedded log", open);
