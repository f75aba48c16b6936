import { request } from "node:http";
import { defaultWorkspace } from "@leadwire/funnel";
import type { LogRecord } from "@leadwire/log";
import { left, right } from "fp-ts/lib/Either.js";
import { Registry } from "prom-client";
import { afterEach, describe, expect, test } from "vitest";
import { openShell, type Shell, shellApp } from "../shell/service-shell.ts";
import { answer, type FakeEngine, fakeEngine, ledger, quarantined, status } from "../testing/fake-engine.ts";
import { engineClient } from "./engine-client.ts";
import type { SealingEngine } from "./engine-port.ts";
import { registerEngine } from "./engine-server.ts";

const token = "right-token";
const open: Shell[] = [];
const clients: SealingEngine[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  for (const shell of open.splice(0)) await shell.close();
});

const serve = async (change: Partial<SealingEngine> = {}): Promise<{ url: string; engine: FakeEngine }> => {
  const host = "127.0.0.1";
  const health = { unready: () => [], metrics: new Registry() };
  const shell = await openShell({ host, port: { _tag: "any" }, health });
  open.push(shell);
  const app = shellApp(host);
  const engine = fakeEngine(change);
  registerEngine(app, engine, { token, nowMs: () => 0 });
  await shell.mount(app);
  return { url: shell.url, engine };
};

const clientOf = (url: string, bearer = token): SealingEngine => {
  const client = engineClient({ url, token: bearer });
  clients.push(client);
  return client;
};

const statusFor = (url: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(url, { headers }, (found) => {
      found.resume();
      resolve(found.statusCode);
    })
      .on("error", reject)
      .end();
  });

const question = {
  metric: "win_rate",
  window: "all",
  by: ["region", "rep"],
  where: ["region=East, the=&?"],
  at: "now",
  asOf: "2026-04-01",
};

describe("the engine over HTTP", () => {
  test("answers every question as the engine itself does", async () => {
    const { url, engine } = await serve();
    const client = clientOf(url);
    expect(await client.kpi(question)).toEqual(right([answer]));
    expect(JSON.parse(engine.calls[0]?.slice(4) ?? "")).toEqual(question);
    expect(await client.kpi({ ...question, metric: "wins" })).toEqual(
      left({ _tag: "UnknownMetric", message: 'There is no metric "wins".' }),
    );
    expect(await client.report("explain", { metric: "sales", where: ["a=b&c", "d=e"] })).toEqual(
      right({ adds_up: true }),
    );
    expect(engine.calls.at(-1)).toBe('report ["explain",{"metric":"sales","where":["a=b&c","d=e"]}]');
    expect(await client.report("wishes", {})).toEqual(
      left({ _tag: "UnknownReport", message: 'There is no report "wishes".' }),
    );
    expect(await client.sql("SELECT 1", "TSV")).toEqual(right(Buffer.from([0x31, 0x0a, 0xff])));
    expect(await client.sql("DROP", undefined)).toEqual(left({ _tag: "Refused", message: "Not allowed: DROP." }));
    expect(await client.ledger()).toEqual(ledger);
    expect(await client.status()).toEqual(status);
    expect(await client.workspace()).toEqual(defaultWorkspace);
    expect((await client.backfill("b/1")).reasons).toEqual({ bad_date: 1 });
    expect(await client.eventEnds()).toEqual([{ topic: "leadwire.funnel", partition: 0, offset: 2 }]);
    const chunk = await client.readEvents({ topic: "leadwire.funnel", partition: 3 }, 7);
    expect([chunk.nextOffset, [...chunk.bytes]]).toEqual([9, [0x00, 0xff]]);
    expect((await client.quarantineList(5))[0]).toMatchObject({ id: "q-1", source: "crm" });
    expect(await client.quarantineShow("q-1")).toEqual(quarantined);
    expect(await client.quarantineShow("q-2")).toBeNull();
    expect((await client.verify()).ok).toBe(true);
    expect(await client.seal("L1", { name: "Ana" })).toEqual(Buffer.from("sealed L1"));
    expect(await client.seal("erased", {})).toBeNull();
    await client.settle();
    expect(engine.calls).toContain('backfill "b/1"');
    expect(engine.calls).toContain('sql ["SELECT 1","TSV"]');
    expect(engine.calls.at(-1)).toBe("settle");
  });

  test("appends records of any size in their order, with partition, headers and absent keys", async () => {
    const { url, engine } = await serve();
    const records: LogRecord[] = [
      { topic: "a", key: null, value: Buffer.alloc(0), headers: { backfill: "b1", source: "crm" } },
      { topic: "a", partition: 3, key: Buffer.from("k"), value: Buffer.from([0, 255]) },
      ...Array.from({ length: 5 }, (_, index) => ({
        topic: "b",
        key: Buffer.from(`k${index}`),
        value: Buffer.alloc(6 * 1024 * 1024, index),
      })),
    ];
    await clientOf(url).append(records);
    // Whole buffers in one comparison: element by element takes seconds.
    const shape = ({ value, ...rest }: LogRecord) => ({ ...rest, bytes: value.length });
    expect(engine.appended.map(shape)).toEqual(records.map(shape));
    for (const [index, { value }] of records.entries())
      expect(Buffer.compare(engine.appended[index]?.value ?? Buffer.alloc(0), value)).toBe(0);
  });

  test("gives the same bytes as the command's --json", async () => {
    const { url } = await serve();
    const found = await fetch(`${url}/api/kpis/win_rate?window=all&by=region&where=region=East`);
    expect(await found.text()).toBe(`${JSON.stringify([answer])}\n`);
  });

  test("gives the list of metrics where none is named", async () => {
    const { url, engine } = await serve();
    await fetch(`${url}/api/kpis?lang=ro`);
    expect(engine.calls.at(-1)).toBe('report ["metrics",{"lang":"ro"}]');
  });

  test.each([
    ["/api/kpis/win_rate?window=all&compare=prior&compare=year", "Compare with one window"],
    ["/api/kpis/win_rate", "Name one window"],
    ["/api/kpis/win_rate?window=all&group=region", 'no parameter "group"'],
    ["/api/kpis/wins?window=all", 'no metric "wins"'],
  ])("answers %s with 400 and the fix", async (path, words) => {
    const { url } = await serve();
    const found = await fetch(`${url}${path}`);
    expect(found.status).toBe(400);
    expect(found.headers.get("content-type")).toContain("application/problem+json");
    expect(((await found.json()) as { detail: string }).detail).toContain(words);
  });

  test("lets nobody in without the token", async () => {
    const { url, engine } = await serve();
    await expect(clientOf(url, "wrong").ledger()).rejects.toThrow("token");
    await expect(clientOf(url, "wrong").append([{ topic: "a", key: null, value: Buffer.alloc(1) }])).rejects.toThrow(
      "token",
    );
    for (const path of ["append", "settle", "sql", "seal", "verify"])
      expect((await fetch(`${url}/internal/${path}`, { method: "POST" })).status).toBe(401);
    expect(engine.calls).toEqual([]);
    expect(engine.appended).toEqual([]);
  });

  test("refuses a request for another host, on every route", async () => {
    const { url } = await serve();
    const authorization = `Bearer ${token}`;
    for (const path of ["/healthz", "/api/kpis/win_rate?window=all", "/internal/ledger", "/nothing"])
      expect(await statusFor(`${url}${path}`, { host: "evil.example:4700", authorization })).toBe(421);
    for (const host of ["localhost:4700", "127.0.0.1", "[::1]:4700", "LOCALHOST"])
      expect(await statusFor(`${url}/healthz`, { host })).toBe(200);
  });

  test("refuses frames that are none, and bodies beyond the limit", async () => {
    const { url } = await serve();
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" };
    const post = (body: Buffer) => fetch(`${url}/internal/append`, { method: "POST", headers, body });
    expect((await post(Buffer.from("not a frame"))).status).toBe(400);
    expect((await post(Buffer.alloc(65 * 1024 * 1024))).status).toBe(413);
  });

  test("says what failed, and that the owner went away", async () => {
    const failing = await serve({ settle: () => Promise.reject(new Error("No room left to append in /data.")) });
    await expect(clientOf(failing.url).settle()).rejects.toThrow("No room left");
    const gone = await serve({ verify: () => new Promise(() => undefined) });
    const verifying = clientOf(gone.url).verify();
    setTimeout(() => void open.pop()?.close(), 50);
    await expect(verifying).rejects.toThrow("went away");
  });
});
