import { Readable } from "node:stream";
import { zstdCompressSync } from "node:zlib";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { queryBytesMax, readBody } from "./request-body.ts";
import { readAsk, type SqlAsk } from "./sql-ask.ts";

const settingRefusal = (name: string): string | undefined =>
  name.startsWith("max_") ? undefined : `the setting ${name} is not allowed: no`;

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const asked = async (address: string, { headers = {}, body = "" }: Sent = {}): Promise<SqlAsk | string> => {
  const query = new URLSearchParams(address);
  const ask = await readAsk({ headers, query, body: Buffer.from(body) }, settingRefusal);
  return isLeft(ask) ? `${ask.left.code} ${ask.left.message}` : ask.right;
};

test("a statement begins in the address and goes on in the body", async () => {
  expect(await asked("query=SELECT 1")).toMatchObject({ sql: "SELECT 1" });
  expect(await asked("", { body: "SELECT 1" })).toMatchObject({ sql: "SELECT 1" });
  expect(await asked("query=SELECT", { body: "1" })).toMatchObject({ sql: "SELECT\n1" });
});

test("parameters, settings, format, name and packing are told apart, wherever they stand", async () => {
  const ask = await asked("param_x=5&max_threads=1&session_id=s-1&default_format=CSV&user=u&password=p&quota_key=k", {
    headers: {
      "x-clickhouse-query-id": "q1",
      "accept-encoding": "lz4, zstd;q=1, *",
      "x-clickhouse-database": "default",
    },
  });
  expect(ask).toEqual({
    sql: "",
    parameters: { x: "5" },
    settings: { max_threads: "1", session_id: "s-1" },
    format: "CSV",
    queryId: "q1",
    accepts: "zstd;q=1",
  });
});

test("a form carries a long statement and its parameters, and no table", async () => {
  const form = new FormData();
  form.set("query", "SELECT {x:UInt8}");
  form.set("param_x", "7");
  const sent = async (): Promise<Sent> => {
    const packed = new Response(form);
    return {
      headers: { "content-type": packed.headers.get("content-type") ?? "" },
      body: Buffer.from(await packed.arrayBuffer()),
    };
  };
  expect(await asked("", await sent())).toMatchObject({ sql: "SELECT {x:UInt8}", parameters: { x: "7" } });
  form.set("rows", new Blob(["1\n"]), "rows.tsv");
  expect(await asked("", await sent())).toMatch(/^497 The form carries a table \("rows"\)/);
  expect(await asked("", { headers: { "content-type": "multipart/form-data" }, body: "x" })).toMatch(/^36 /);
});

test.each([
  ["role=admin", "497 Roles cannot be chosen here"],
  ["database=system", '81 Database "system" is not served here'],
  ["decompress=1", "89 The statement is packed in ClickHouse's own frames"],
  ["readonly=0", "497 The setting readonly is not allowed: no."],
  ["session_id=a%20b", '36 session_id is "a b"'],
  ["session_timeout=soon", "36 session_timeout"],
  ["query_id=%0D%0Ax", "36 query_id"],
  ["__proto__=1", "497 The setting __proto__"],
  ["constructor=1", "497 The setting constructor"],
])("%s is refused", async (address, words) => {
  expect(await asked(address)).toContain(words);
});

test("a statement that is not UTF-8 is refused: what is judged is what is run", async () => {
  expect(await asked("", { body: Buffer.from([0x53, 0xff]) })).toBe(
    "36 The statement is not UTF-8: send it so encoded.",
  );
});

const bodyOf = async (bytes: Uint8Array, encoding?: string): Promise<string> => {
  const body = await readBody(Readable.from([bytes]), encoding);
  return isLeft(body) ? `${body.left.code} ${body.left.message}` : body.right.toString();
};

test("a packed body is unpacked, within bounds", async () => {
  expect(await bodyOf(zstdCompressSync("SELECT 1"), "ZSTD")).toBe("SELECT 1");
  expect(await bodyOf(Buffer.from("SELECT 1"), "gzip")).toMatch(/^36 The body says it is packed with gzip, and is not/);
  expect(await bodyOf(Buffer.from("x"), "lz4")).toMatch(/^89 .*expected gzip, x-gzip, deflate, br, zstd/);
  // A bomb: small on the way, large unpacked.
  expect(await bodyOf(zstdCompressSync(Buffer.alloc(64 << 20)), "zstd")).toMatch(
    /^307 The statement is larger than 256 KiB/,
  );
  expect(await bodyOf(Buffer.alloc(queryBytesMax + 1))).toMatch(/^307 /);
});
