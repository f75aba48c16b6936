import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { analystReader } from "@leadwire/store";
import { type BreakableStore, openBreakableStore } from "@leadwire/store/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rightToken, type ServedEndpoint, serveEndpoint } from "./testing/served-endpoint.ts";

let breakable: BreakableStore;
let served: ServedEndpoint;
beforeAll(async () => {
  breakable = await openBreakableStore();
  served = await serveEndpoint(breakable.store);
});
afterAll(async () => {
  served.close();
  await breakable.dispose();
});

const withToken = { authorization: `Basic ${Buffer.from(`ana:${rightToken}`).toString("base64")}` };

const plain = { ...withToken, "accept-encoding": "identity" };

const ask = (address: string, init: RequestInit = {}, at: ServedEndpoint = served): Promise<Response> =>
  fetch(`${at.url}/${address}`, { ...init, headers: { ...plain, ...init.headers } });

const post = (sql: string, address = "", at: ServedEndpoint = served): Promise<Response> =>
  ask(address, { method: "POST", body: sql }, at);

/** Whether a query runs in ClickHouse itself: it takes no second one of the same name. */
const runs = async (sentId: string): Promise<boolean> => {
  const login = breakable.store.readers.loginOf(analystReader);
  if (login === undefined) throw new Error("the analyst is not known");
  const found = await fetch(`${login.url}/?query_id=${sentId}`, {
    method: "POST",
    body: "SELECT 1",
    headers: login.headers,
  });
  await found.arrayBuffer();
  return found.headers.get("x-clickhouse-exception-code") === "216";
};

/** How many the endpoint has sent on and not seen the end of. */
const running = (): number => served.door.running;

const idOf = (answer: Response): string => answer.headers.get("x-clickhouse-query-id") ?? "";

/** More than anybody reads here. */
const endless = "SELECT number, hex(sipHash128(number)), hex(sipHash128(number, 1)) FROM numbers(4000000) FORMAT TSV";
/** A minute's work, and no row before its end. */
const slow = "SELECT max(sipHash64(toString(number))) FROM numbers(4000000000)";

describe("answers as a ClickHouse server does", () => {
  test("a ping needs no token", async () => {
    for (const path of ["ping", "replicas_status"]) {
      const found = await fetch(`${served.url}/${path}`);
      expect([found.status, await found.text()]).toEqual([200, "Ok.\n"]);
    }
  });

  test("a statement in the address, in the body, in both, packed, and with parameters", async () => {
    expect(await (await ask("?query=SELECT%201")).text()).toBe("1\n");
    expect(await (await post("SELECT 1 AS a FORMAT JSONEachRow")).text()).toBe('{"a":1}\n');
    expect(await (await post("3", "?query=SELECT%202%2C")).text()).toBe("2\t3\n");
    const packed = { method: "POST", body: gzipSync("SELECT {x:UInt8}"), headers: { "content-encoding": "gzip" } };
    expect(await (await ask("?param_x=5&default_format=CSV", packed)).text()).toBe("5\n");
    const parameters = "?param_a=%5B%27x%27%2C%27y%5C%27%27%5D&param_s=two%5Cnlines";
    expect(await (await post("SELECT {a:Array(String)}[2], {s:String}", parameters)).text()).toBe(
      "y\\'\ttwo\\nlines\n",
    );
  });

  test("its headers tell of the answer, and nothing of the server", async () => {
    const { headers } = await post("SELECT 1", "?query_id=mine&wait_end_of_query=1");
    expect(headers.get("x-clickhouse-query-id")).toBe("mine");
    expect(headers.get("x-clickhouse-format")).toBe("TSV");
    expect(headers.get("x-clickhouse-timezone")).toBe("UTC");
    expect(JSON.parse(headers.get("x-clickhouse-summary") ?? "{}")).toMatchObject({ read_rows: "1", result_rows: "1" });
    expect(headers.get("x-clickhouse-server-display-name")).toBeNull();
    // It stands under the page's own address.
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("sandbox");
  });

  test("tells in headers how far the query was, where that is asked for", async () => {
    const often = "send_progress_in_http_headers=1&http_headers_progress_interval_ms=1&wait_end_of_query=1";
    const client = request(`${served.url}/?${often}`, { method: "POST", headers: withToken, maxHeaderSize: 4 << 20 });
    client.end("SELECT sum(sipHash64(number)) FROM numbers(20000000)");
    const [answer]: ReadonlyArray<IncomingMessage> = await once(client, "response");
    answer?.resume();
    expect(answer?.headers["x-clickhouse-progress"]).toMatch(/^\{"read_rows":"\d+",.*"total_rows_to_read":"20000000"/u);
  });

  test("an answer is packed as the client wants it, by ClickHouse", async () => {
    const found = await ask("", { method: "POST", body: "SELECT 1", headers: { "accept-encoding": "lz4, zstd" } });
    expect(found.headers.get("content-encoding")).toBe("zstd");
    expect(await found.text()).toBe("1\n");
    const framed = Buffer.from(await (await post("SELECT 1", "?compress=1")).arrayBuffer());
    // A checksum, then the mark of LZ4.
    expect(framed[16]).toBe(0x82);
  });

  test("a session keeps no rows and no settings, and can be named", async () => {
    expect(await (await post("SELECT 1", "?session_id=one&session_timeout=5")).text()).toBe("1\n");
    expect((await post("SELECT 1", "?session_id=two&session_check=1")).headers.get("x-clickhouse-exception-code")).toBe(
      "372",
    );
  });
});

describe("refuses as a ClickHouse server does", () => {
  const refused = async (answer: Promise<Response>): Promise<string> => {
    const found = await answer;
    return `${found.status} ${found.headers.get("x-clickhouse-exception-code")} ${await found.text()}`;
  };

  test.each([
    ["SELEC 1", /^400 62 Code: 62\. DB::Exception: Syntax error.*\(SYNTAX_ERROR\)\n$/s],
    ["SELECT nonsense FROM leads", /^404 47 Code: 47\. .*`nonsense`.*\(UNKNOWN_IDENTIFIER\)\n$/s],
    ["SELECT file('/etc/passwd')", /^403 497 Code: 497\. .*function file.*\(ACCESS_DENIED\)\n$/s],
    ["INSERT INTO facts VALUES (1)", /^403 497 /],
    ["SELECT 1; SELECT 2", /^400 62 .*One statement at a time/s],
    ["", /^400 62 .*There is no statement/s],
    ["SELECT throwIf(number = 900000) FROM numbers(1000000) FORMAT TSV", /^(?:403 497|500 395) /],
  ])("%s", async (sql, words) => {
    const text = await refused(post(sql));
    expect(text).toMatch(words);
    expect(text).not.toMatch(/version \d|Stack trace/);
    // However the client wants its answer packed, it can read why there is none.
    expect(await refused(post(sql, "?compress=1"))).toMatch(words);
  });

  test("the same with a body that is too long, and whoever shows no token, or a wrong one", async () => {
    expect(await refused(post(" ".repeat(300_000)))).toMatch(/^413 307 .*larger than 256 KiB/s);
    expect(await refused(fetch(`${served.url}/?query=SELECT%201`))).toMatch(/^401 194 .*\(REQUIRED_PASSWORD\)\n$/s);
    const none = await fetch(`${served.url}/?query=SELECT%201`);
    expect(none.headers.get("www-authenticate")).toBe('Basic realm="ClickHouse server HTTP API"');
    expect(await refused(fetch(`${served.url}/?query=SELECT%201&password=lwt_wrong`))).toMatch(/^403 516 /);
    // A name that no header can hold is left out of the answer, which comes in any case.
    expect(await refused(fetch(`${served.url}/?query=SELECT%201&query_id=a%0D%0AEvil:%201`))).toMatch(/^401 194 /);
  });

  test("a page of another site gets nothing, whatever it knows", async () => {
    const found = await ask("?query=SELECT%201", { headers: { "sec-fetch-site": "cross-site" } });
    expect([found.status, await found.text()]).toEqual([403, expect.stringContaining("A page of another site")]);
  });

  test("a runaway and a glutton end with ClickHouse's own codes", async () => {
    expect(await refused(post(slow, "?max_execution_time=1"))).toMatch(/^408 159 .*\(TIMEOUT_EXCEEDED\)\n$/s);
    const hungry = "SELECT length(groupArray(toString(number))) FROM numbers(1000000000)";
    expect(await refused(post(hungry, "?max_memory_usage=50000000"))).toMatch(
      /^500 241 .*\(MEMORY_LIMIT_EXCEEDED\)\n$/s,
    );
  });
});

describe("a query that goes on", () => {
  test("is cancelled in ClickHouse when the client goes away, also before its first row", async () => {
    const gone = new AbortController();
    const found = await ask("", { method: "POST", body: endless, signal: gone.signal });
    expect(await runs(idOf(found))).toBe(true);
    gone.abort();
    await expect.poll(() => runs(idOf(found)), { timeout: 10_000 }).toBe(false);
    const quiet = new AbortController();
    const waiting = ask("", { method: "POST", body: slow, signal: quiet.signal }).catch(() => undefined);
    await expect.poll(running, { timeout: 10_000 }).toBe(1);
    await sleep(200);
    quiet.abort();
    await waiting;
    // Its own name is told with its answer alone: it is the one after the former.
    const id = idOf(found).replace(/\d+$/u, (number) => String(Number(number) + 1));
    await expect.poll(() => runs(id), { timeout: 10_000 }).toBe(false);
  });

  test("is cancelled by its name, by JDBC's words for it, too", async () => {
    const first = post(slow, "?query_id=mine");
    await expect.poll(running, { timeout: 10_000 }).toBe(1);
    expect((await post("SELECT 1", "?query_id=mine")).headers.get("x-clickhouse-exception-code")).toBe("216");
    expect((await post("KILL QUERY WHERE query_id = 'mine'")).status).toBe(200);
    expect(await (await first).text()).toBe(
      "Code: 394. DB::Exception: The query was cancelled. (QUERY_WAS_CANCELLED)\n",
    );
    expect((await post("KILL QUERY WHERE query_id = 'mine' OR 1")).headers.get("x-clickhouse-exception-code")).toBe(
      "497",
    );
    await expect.poll(running, { timeout: 10_000 }).toBe(0);
  });

  test("waits for a seat, and is told where there is none", async () => {
    const narrow = await serveEndpoint(breakable.store, { seats: { each: 1, waitingEach: 1, waitForMs: 60_000 } });
    const first = post(slow, "?query_id=one", narrow);
    await expect.poll(() => narrow.door.running, { timeout: 10_000 }).toBe(1);
    const second = post("SELECT 2", "", narrow);
    await expect.poll(() => narrow.door.waiting, { timeout: 10_000 }).toBe(1);
    expect((await post("SELECT 3", "", narrow)).headers.get("x-clickhouse-exception-code")).toBe("202");
    narrow.door.cancel({ id: "analyst", where: [] }, "one");
    expect(await (await second).text()).toBe("2\n");
    await first;
    narrow.close();
  });

  test("is taken no faster than its reader reads", async () => {
    const { port } = new URL(served.url);
    const before = process.memoryUsage().rss;
    const client = request({ port, method: "POST", path: "/", headers: withToken });
    client.end(endless);
    const answer = await new Promise<IncomingMessage>((resolve) => client.once("response", resolve));
    // Nobody reads: what fits into the sockets comes, and no more.
    await sleep(300);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 << 20);
    answer.destroy();
    await expect.poll(running, { timeout: 10_000 }).toBe(0);
  });

  test("breaks off with its reason when it fails half way, and never looks whole", async () => {
    const found = await post(endless, "?max_result_rows=100000");
    expect(found.status).toBe(200);
    let last = "";
    const read = async (): Promise<void> => {
      for await (const chunk of found.body ?? []) last = (last + Buffer.from(chunk).toString("latin1")).slice(-2_000);
    };
    await expect(read()).rejects.toThrow();
    expect(last).toMatch(/__exception__[\s\S]*Code: 396\. .*\(TOO_MANY_ROWS_OR_BYTES\)/);
  });
});

test("ClickHouse killed during a query: that one ends with a clear error, every one after it is answered", async () => {
  const waiting = post(slow);
  const streaming = await post(endless);
  await expect.poll(running, { timeout: 10_000 }).toBe(2);
  process.kill(breakable.server.pid() ?? 0, "SIGKILL");
  expect(await (await waiting).text()).toMatch(
    /^Code: 210\. .*ClickHouse ended while it ran this query.*\(NETWORK_ERROR\)\n$/s,
  );
  await expect(streaming.text()).rejects.toThrow();
  for (let asked = 0; asked < 3; asked += 1) expect(await (await post("SELECT 1")).text()).toBe("1\n");
});

test("a token that is taken back is refused at once, and what it asked is cut", async () => {
  const waiting = post(slow);
  await expect.poll(running, { timeout: 10_000 }).toBe(1);
  served.revoke();
  expect(await (await waiting).text()).toMatch(/^Code: 516\. .*taken back/s);
  expect((await post("SELECT 1")).status).toBe(403);
  await expect.poll(running, { timeout: 10_000 }).toBe(0);
});
