import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { isLeft, isRight } from "fp-ts/lib/Either.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type EmbeddedServer, startEmbeddedServer } from "./embedded-server.ts";
import { engineFile } from "./engine-file.ts";
import { doorHeader, doorSecret, serverFiles } from "./server-files.ts";

const passwords = { admin: "admin-word", analyst: "analyst-word" };
let directory: string;
let servers: EmbeddedServer[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "leadwire-server-"));
});
afterEach(async () => {
  for (const server of servers) await server.stop();
  servers = [];
  await rm(directory, { recursive: true, force: true });
});

const start = async (onChange?: (state: "ready" | "died") => void): Promise<EmbeddedServer> => {
  const started = await startEmbeddedServer({
    directory,
    passwords,
    ...(onChange === undefined ? {} : { onChange }),
  });
  if (isLeft(started)) throw new Error(started.left.detail);
  servers.push(started.right);
  return started.right;
};

const ask = async (server: EmbeddedServer, sql: string, user = "leadwire", door = doorSecret(passwords)) => {
  const key = user === "leadwire" ? passwords.admin : user === "analyst" ? passwords.analyst : "";
  const answer = await fetch(server.url, {
    method: "POST",
    body: sql,
    headers: { [doorHeader]: door, "X-ClickHouse-User": user, "X-ClickHouse-Key": key },
  });
  return { ok: answer.ok, text: (await answer.text()).trim() };
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const gone = async (pid: number): Promise<boolean> => {
  for (let waitedMs = 0; waitedMs < 5_000; waitedMs += 20) {
    if (!isAlive(pid)) return true;
    await sleep(20);
  }
  return false;
};

const pidOf = (server: EmbeddedServer): number => {
  const pid = server.pid();
  if (pid === undefined) throw new Error("no process runs");
  return pid;
};

test("a process that was killed is started again with its data, on the same address", async () => {
  const ready = Promise.withResolvers<void>();
  const server = await start((state) => (state === "ready" ? ready.resolve() : undefined));
  await ask(server, "CREATE DATABASE leadwire ENGINE = Atomic");
  await ask(server, "CREATE TABLE leadwire.kept (a UInt8) ENGINE = ReplacingMergeTree ORDER BY a");
  await ask(server, "INSERT INTO leadwire.kept VALUES (7)");
  const first = pidOf(server);
  process.kill(first, "SIGKILL");
  await ready.promise;
  expect(pidOf(server)).not.toBe(first);
  expect(await ask(server, "SELECT a FROM leadwire.kept")).toEqual({ ok: true, text: "7" });
});

test("stop leaves no process behind, within a second", async () => {
  const server = await start();
  const pid = pidOf(server);
  const before = performance.now();
  await server.stop();
  expect(performance.now() - before).toBeLessThan(1_000);
  expect(isAlive(pid)).toBe(false);
});

test("its files are readable by their owner only", async () => {
  await start();
  const { config, users } = serverFiles(directory);
  for (const path of [config, users]) expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("nobody comes in without the door's secret, not even as the user without a password", async () => {
  const server = await start();
  for (const user of ["default", "leadwire", "analyst"]) {
    expect((await ask(server, "SELECT 1", user, "guess")).ok).toBe(false);
  }
  expect((await ask(server, "SYSTEM STOP LISTEN HTTP", "default", "guess")).ok).toBe(false);
  expect((await ask(server, "SELECT count() FROM system.numbers LIMIT 1", "default")).ok).toBe(false);
});

test("ClickHouse itself refuses the analyst whatever reaches outside the views", async () => {
  const server = await start();
  const refused = [
    "SELECT * FROM file('/etc/passwd', 'LineAsString')",
    "SELECT * FROM url('http://127.0.0.1/', 'LineAsString')",
    "SELECT * FROM system.users",
    "SELECT * FROM system.processes",
    "CREATE TABLE t (a UInt8) ENGINE = Memory",
    "SELECT 1 SETTINGS max_memory_usage = 0",
    "SET readonly = 0",
    "KILL QUERY WHERE 1",
    "SYSTEM SHUTDOWN",
  ];
  for (const sql of refused) expect(await ask(server, sql, "analyst"), sql).toMatchObject({ ok: false });
  expect(await ask(server, "SELECT 1", "analyst")).toEqual({ ok: true, text: "1" });
});

test("no server outlives an owner that was killed", async () => {
  const script = `
    import { startEmbeddedServer } from ${JSON.stringify(fileURLToPath(new URL("embedded-server.ts", import.meta.url)))};
    const started = await startEmbeddedServer({ directory: ${JSON.stringify(directory)}, passwords: ${JSON.stringify(passwords)} });
    console.log(started._tag === "Right" ? started.right.pid() : "failed");
    setInterval(() => undefined, 1000);
  `;
  const owner: ChildProcess = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (owner.stdout === null) throw new Error("the owner has no output");
  const [line] = await once(owner.stdout, "data");
  const pid = Number(String(line).trim());
  expect(isAlive(pid)).toBe(true);
  owner.kill("SIGKILL");
  expect(await gone(pid)).toBe(true);
  // The directory is free at once for the next owner.
  expect((await ask(await start(), "SELECT 1")).text).toBe("1");
});

test("a program that is no ClickHouse is told as such, and leaves nothing behind", async () => {
  const started = await startEmbeddedServer({ directory, passwords, binary: "/bin/false" });
  expect(isRight(started)).toBe(false);
});

test("a program that the configuration names runs instead of the library, and ends with the server", async () => {
  const library = engineFile();
  if (library === undefined) throw new Error("there is no library to stand behind the program");
  const binary = join(directory, "clickhouse");
  const require = createRequire(import.meta.url);
  await writeFile(
    binary,
    `#!${process.execPath}
const { open, load, DataType } = require(${JSON.stringify(require.resolve("ffi-rs"))});
const args = ["clickhouse", ...process.argv.slice(3)];
require("node:fs").writeFileSync(${JSON.stringify(join(directory, "program"))}, process.pid + " " + process.argv[2]);
open({ library: "clickhouse", path: ${JSON.stringify(library)} });
load({ library: "clickhouse", funcName: "chdb_query_cmdline", retType: DataType.I32, paramsType: [DataType.I32, DataType.StringArray], paramsValue: [args.length, args], runInNewThread: true });
`,
    { mode: 0o700 },
  );
  const started = await startEmbeddedServer({ directory, passwords, binary });
  if (isLeft(started)) throw new Error(started.left.detail);
  servers.push(started.right);
  expect((await ask(started.right, "SELECT 1")).text).toBe("1");
  const [pid, mode] = (await readFile(join(directory, "program"), "utf8")).split(" ");
  expect(mode).toBe("local");
  await started.right.stop();
  expect(await gone(Number(pid))).toBe(true);
});
