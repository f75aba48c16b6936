import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RecordCursor } from "../record-cursor.ts";
import { readRecords } from "../testing/index.ts";
import { type EmbeddedLog, type EmbeddedLogOptions, openEmbeddedLog } from "./embedded-log.ts";
import { openStore } from "./lmdb-store.ts";

const place = { topic: "t", partition: 0 };
const record = (value: string) => ({ topic: "t", key: null, value: Buffer.from(value) });

describe("the embedded log", () => {
  let folder = "";
  let open: EmbeddedLog[] = [];
  const start = async (options: Partial<EmbeddedLogOptions> = {}): Promise<EmbeddedLog> => {
    const log = await openEmbeddedLog({ folder, nowMs: () => 1000, ...options });
    open.push(log);
    await log.ensureTopics([{ name: "t", partitions: 1, retentionMs: 100 }]);
    return log;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "leadwire-log-"));
    open = [];
  });
  afterEach(async () => {
    for (const log of open) await log.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("keeps append time from going back with the clock, over a restart too", async () => {
    let nowMs = 5000;
    const log = await start({ nowMs: () => nowMs });
    await log.append([record("a")]);
    nowMs = 3000;
    await log.append([record("b")]);
    await log.close();
    const reopened = await start({ nowMs: () => nowMs });
    await reopened.append([record("c")]);
    nowMs = 6000.7;
    await reopened.append([record("d")]);
    const times = (await readRecords(reopened, place, 0)).map(({ appendTimeMs }) => appendTimeMs);
    expect(times).toEqual([5000, 5000, 5000, 6000]);
  });

  test("refuses to open a folder twice, and opens it again once it is closed", async () => {
    const log = await start();
    await expect(openEmbeddedLog({ folder, nowMs: () => 0 })).rejects.toMatchObject({ _tag: "LogInUse" });
    await expect(
      openEmbeddedLog({ folder: `${folder}/../${folder.split("/").at(-1)}`, nowMs: () => 0 }),
    ).rejects.toMatchObject({
      _tag: "LogInUse",
    });
    await log.close();
    expect(await (await start()).bounds(place)).toEqual({ start: 0, end: 0 });
  });

  test("settles what was given before it closes, and refuses what comes after", async () => {
    const log = await start();
    const given = [log.append([record("a")]), log.append([record("b")])];
    const waiting = log.waitForData([{ ...place, offset: 10 }], 60_000);
    await log.close();
    expect((await Promise.all(given)).flat().map(({ offset }) => offset)).toEqual([0, 1]);
    expect(await waiting).toBe(false);
    await expect(log.append([record("c")])).rejects.toMatchObject({ _tag: "LogClosed" });
    await expect(log.read(place, 0, 1)).rejects.toMatchObject({ _tag: "LogClosed" });
    await expect(log.waitForData([{ ...place, offset: 0 }], 1)).rejects.toMatchObject({ _tag: "LogClosed" });
    expect(await readRecords(await start(), place, 0)).toHaveLength(2);
  });

  test("lets a member write its last word while the log closes", async () => {
    const log = await start();
    await log.join("g", ["t"], {
      onAssigned: async () => undefined,
      onRevoked: async () => void (await log.append([record("last word")])),
    });
    await log.close();
    expect((await readRecords(await start(), place, 0)).map(({ value }) => value)).toEqual(["last word"]);
  });

  test("gives the partitions of a member that failed to take them to the others", async () => {
    const log = await start();
    await log.ensureTopics([{ name: "shared", partitions: 4 }]);
    const held = new Set<number>();
    await log.join("g", ["shared"], {
      onAssigned: async (partitions) => partitions.forEach(({ partition }) => void held.add(partition)),
      onRevoked: async (partitions) => partitions.forEach(({ partition }) => void held.delete(partition)),
    });
    const broken = log.join("g", ["shared"], {
      onAssigned: () => Promise.reject(new Error("no room for state")),
      onRevoked: async () => undefined,
    });
    await expect(broken).rejects.toThrow("no room for state");
    expect([...held].sort()).toEqual([0, 1, 2, 3]);
  });

  test("expires only what is older than the retention, and never the last batch", async () => {
    let nowMs = 0;
    const log = await start({ nowMs: () => nowMs });
    for (nowMs of [1000, 1050, 1100]) await log.append([record(`${nowMs}`)]);
    expect([await log.expire(1100), await log.bounds(place)]).toEqual([0, { start: 0, end: 3 }]);
    expect([await log.expire(1101), await log.bounds(place)]).toEqual([1, { start: 1, end: 3 }]);
    expect([await log.expire(9999), await log.bounds(place)]).toEqual([1, { start: 2, end: 3 }]);
    const [position] = await log.append([record("on")]);
    expect(position?.offset).toBe(3);
  });

  test("expires thousands of batches while appends and reads go on", async () => {
    let nowMs = 0;
    const log = await start({ nowMs: () => nowMs });
    for (let call = 0; call < 20; call += 1) {
      await Promise.all(Array.from({ length: 100 }, (_, n) => log.append([record(`${call * 100 + n}`)])));
    }
    nowMs = 1000;
    const [deleted, positions] = await Promise.all([log.expire(1000), log.append([record("new")])]);
    expect(deleted).toBeGreaterThan(1900);
    expect(positions[0]?.offset).toBe(2000);
    const { start: first } = await log.bounds(place);
    expect((await readRecords(log, place, first)).at(-1)?.value).toBe("new");
  });

  test("refuses appends beyond its memory, and takes them again once the earlier ones are written", async () => {
    const log = await start({ limits: { pendingBytesMax: 1000 } });
    const first = log.append([record("x".repeat(2000))]);
    await expect(log.append([record("y")])).rejects.toMatchObject({ _tag: "Overloaded" });
    await first;
    expect((await log.append([record("z")]))[0]?.offset).toBe(1);
  });

  test("tells a damaged batch from a good one, at read or at the record", async () => {
    const log = await start();
    await log.append([record("good")]);
    await log.append([record("bad")]);
    await log.close();
    const store = openStore(folder);
    const [, second] = [...store.batches.getRange()].map(({ key, value }) => ({
      key: Buffer.from(key),
      value: Buffer.from(value),
    }));
    if (second === undefined) throw new Error("two batches are stored");
    const flipped = Buffer.from(second.value);
    flipped[flipped.length - 2] = 0xff;
    await store.transaction(() => store.batches.put(second.key, flipped));
    await store.close();
    const damaged = await start();
    const cursor = new RecordCursor();
    cursor.reset((await damaged.read(place, 0, 1_000_000)).bytes, 0);
    expect(cursor.next()).toBe(true);
    expect(() => cursor.next()).toThrow(/checksum/);
    await damaged.close();
    const misplaced = openStore(folder);
    second.value.writeInt32BE(9, 4);
    await misplaced.transaction(() => misplaced.batches.put(second.key, second.value));
    await misplaced.close();
    await expect((await start()).read(place, 1, 1)).rejects.toMatchObject({ _tag: "CorruptBatch" });
  });

  test("says that the disk is full, keeps nothing of the append, and takes it once there is room", async () => {
    const log = await start({ limits: { freeBytesMin: Number.MAX_SAFE_INTEGER } });
    await expect(log.append([record("a")])).rejects.toMatchObject({ _tag: "DiskFull" });
    expect(await log.bounds(place)).toEqual({ start: 0, end: 0 });
    await log.close();
    expect((await (await start()).append([record("a")]))[0]?.offset).toBe(0);
  });

  test("refuses every append after a failed write, goes on serving reads, and loses nothing it acknowledged", async () => {
    // A limit on file size cuts a write short without any privileges; 40,960 blocks are 20 or 40 MB.
    const script = fileURLToPath(new URL("testing/append-until-refused.ts", import.meta.url));
    const output = execFileSync(
      "sh",
      ["-c", 'ulimit -f 40960; exec "$0" "$1" "$2"', process.execPath, script, folder],
      {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    const seen = JSON.parse(output.trim().split("\n").at(-1) ?? "");
    expect(seen).toMatchObject({
      fault: "LogIoError",
      again: "LogIoError",
      end: seen.acknowledged,
      read: seen.acknowledged,
    });
    expect(seen.acknowledged).toBeGreaterThan(5);
    const log = await start();
    expect(await readRecords(log, place, 0)).toHaveLength(seen.acknowledged);
    expect((await log.append([record("on")]))[0]?.offset).toBe(seen.acknowledged);
  });
});
