import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Answers, Asked, JavaAsked, PythonAsked } from "./asked.ts";
import { docExample } from "./doc-example.ts";
import { hasJava, javaArguments, javaHint } from "./java-client.ts";
import { askOnce, askWithNode } from "./node-client.ts";
import { pythonHint, pythonScript, pythonWithClients } from "./python-client.ts";
import { runClient } from "./run-client.ts";
import { dealRows, refusedStatements } from "./sales-desk.ts";
import { instantOf, readers, type SalesServer, serveSales } from "./sales-server.ts";

const python = pythonWithClients();
const java = hasJava();
/** A zone with summer time: instants must not be read by this machine's clock. */
const env = { ...process.env, TZ: "Europe/Bucharest" };
/** A token of the right form that nobody was given. */
const strange = `lwt_00000000_${"A".repeat(43)}`;

let server: SalesServer;
let node: Readonly<Record<(typeof readers)[number], Awaited<ReturnType<typeof askWithNode>>>>;
let bearer: Awaited<ReturnType<typeof askOnce>>;
let stranger: Awaited<ReturnType<typeof askOnce>>;
let notebook: Answers<PythonAsked>;
let tool: Answers<JavaAsked>;
let examples: { readonly js: string; readonly python: string };

const askNode = async ({ url, tokens }: SalesServer): Promise<void> => {
  const place = { url, rows: dealRows, refused: refusedStatements };
  const [all, north] = await Promise.all([askWithNode(place, tokens.all), askWithNode(place, tokens.north)]);
  node = { all, north };
  bearer = await askOnce(url, tokens.north);
  stranger = await askOnce(url, strange);
};

const askPython = async ({ url, tokens }: SalesServer): Promise<void> => {
  if (python === undefined) return;
  const { hostname: host, port } = new URL(url);
  const input = { host, port: Number(port), tokens, rows: dealRows, refused: refusedStatements };
  notebook = JSON.parse(await runClient(python, [pythonScript], JSON.stringify(input), env));
};

const askJava = async ({ url, tokens }: SalesServer): Promise<void> => {
  if (!java) return;
  const named = readers.map((reader) => `${reader}=${tokens[reader]}`);
  const args = [...javaArguments(), new URL(url).host, dealRows, refusedStatements.join("\n"), ...named];
  tool = JSON.parse(await runClient("java", args, "", env));
};

const runExamples = async ({ url, tokens }: SalesServer): Promise<void> => {
  const given = { ...env, LEADWIRE_TOKEN: tokens.all, LEADWIRE_PORT: new URL(url).port };
  const [js, ofPython] = await Promise.all([
    runClient(process.execPath, ["--input-type=module"], docExample("js"), given),
    python === undefined ? "" : runClient(python, ["-"], docExample("python"), given),
  ]);
  examples = { js, python: ofPython };
};

beforeAll(async () => {
  server = await serveSales();
  await Promise.all([askNode, askPython, askJava, runExamples].map((ask) => ask(server)));
}, 120_000);

afterAll(() => server?.stop());

const answersRight = (asked: Asked, reader: (typeof readers)[number]): void => {
  expect(server.expected.all).toHaveLength(5);
  expect(server.expected.north).toHaveLength(3);
  expect(asked.rows.map((row) => row.map(instantOf))).toEqual(server.expected[reader]);
  expect(asked.streamed).toMatchObject({ rows: 150_000, total: 11_249_925_000 });
  expect(asked.unknown_column).toMatch(/Code: 47\b.*`nope`.*\(UNKNOWN_IDENTIFIER\)/su);
  for (const statement of refusedStatements) expect(asked.refused[statement], statement).toMatch(/Code: \d+\b/u);
};

const strangerRefused = /Code: 516\b.*tokens create.*\(AUTHENTICATION_FAILED\)/su;

describe("@clickhouse/client", () => {
  test.each(readers)("reads what the command line reads, streams, and is refused the rest (%s)", (reader) => {
    answersRight(node[reader], reader);
    expect(node[reader].insert).toMatch(/Code: \d+\b/u);
  });

  test("has each type as the server writes it", () => {
    const { types, csv, parameters } = node.all;
    expect(types?.slice(2)).toEqual([
      0.1,
      12.34,
      "Brăila ✓ 'q' \\",
      null,
      "2025-03-30",
      "2025-03-30 01:30:00.125",
      [1, 2],
      { a: 1 },
      true,
      "00000000-0000-0000-0000-00000000002a",
    ]);
    expect(csv).toBe('"one","a"\n1,"a"\n');
    expect(parameters).toEqual(["it's; DROP {x} \\ ", 8, "2025-03-30", ["a", "b'"]]);
  });

  test("pings, keeps a session, sends settings within the limits, and unpacks", () => {
    expect(node.all).toMatchObject({ ping: true, ping_select: true, packed: { rows: [[499_500, 1_000]] } });
    expect(node.all.packed.error).toMatch(/Code: 47\b/u);
    expect(node.all.session).toMatchObject({ rows: 1 });
    expect(node.all.settings).toMatchObject({ rows: 1 });
  });

  test("hears of an error in the middle of an answer", () => {
    expect(node.all.broken_midway).toMatch(/Code: 153\b.*ILLEGAL_DIVISION/su);
  });

  test("leaves a dozen endless questions, and none of them keeps a place", () => {
    expect(node.all.left).toEqual({ endings: ["Error: The user aborted a request."], next: [[1]] });
  });

  test("runs the example of docs/clients.md", () => {
    expect(examples.js.split("\n").slice(0, 2)).toEqual([
      "{ deal_id: 'n-1', amount_minor: 123456 }",
      `{ deal_id: "n-2 'Brăila' ✓", amount_minor: 9007199254740 }`,
    ]);
  });

  test("is let in with a token as password or bearer, and with no other", () => {
    expect(bearer).toEqual({ basic: null, bearer: null });
    expect(stranger.basic).toMatch(strangerRefused);
    expect(stranger.bearer).toMatch(strangerRefused);
  });
});

describe.skipIf(python === undefined)(`clickhouse-connect with pandas (${pythonHint})`, () => {
  test.each(readers)("reads what the command line reads, streams, and is refused the rest (%s)", (reader) => {
    const { rows, ...asked } = notebook[reader];
    answersRight({ ...asked, rows: rows.rows }, reader);
    expect(asked.streamed).toMatchObject({ several_blocks: true });
    expect(asked.insert).toMatch(/ode: \d+\b/u);
  });

  test.each(readers)("has the same as a data frame (%s)", (reader) => {
    const { frame_rows, frame_sum, frame_types } = notebook[reader].rows;
    const rows = server.expected[reader];
    expect(frame_rows).toBe(rows.length);
    expect(frame_sum).toBe(rows.reduce((sum, [, , , , amount]) => sum + Number(amount), 0));
    expect(frame_types).toMatchObject({ amount_minor: "int64", closed_at: "datetime64[ms, UTC]" });
  });

  test("has each type as Python writes it", () => {
    expect(notebook.all.types).toEqual([
      "200",
      "-9007199254740993",
      "18446744073709551615",
      "0.1",
      "12.34",
      "Brăila ✓ 'q' \\",
      "None",
      "2025-03-30",
      "2025-03-30 01:30:00.125000+00:00",
      "[1, 2]",
      "{'a': 1}",
      "(1, 'x')",
      "True",
      "00000000-0000-0000-0000-00000000002a",
      "low",
      "won",
    ]);
  });

  test("passes parameters, settings and every compression, and finds its way around", () => {
    const { all } = notebook;
    expect(all.ping).toBe(true);
    expect(all.parameters).toEqual({
      of_server: ["it's; DROP {x} \\ ", 8, "2025-03-30", ["a", "b'"]],
      of_client: ["it's; DROP {x} \\ ", 8],
    });
    expect(all.compressed).toEqual([499_500, 499_500, 499_500, 499_500]);
    expect(all.settings).toBe(1);
    expect(all.csv).toBe('"one","a"\n1,"a"\n');
    expect(all.tables).toEqual(expect.arrayContaining(["deals", "events", "facts", "leads"]));
    expect(all.columns.deal_id).toMatch(/^Deal/u);
  });

  test("hears of errors in the middle of an answer, and goes on after leaving one", () => {
    expect(notebook.all.broken_midway).toMatch(/Division by zero/u);
    expect(notebook.all.left).toEqual({ read_some: true, next: 1 });
  });

  test("runs the example of docs/clients.md", () => {
    expect(examples.python).toMatch(/^team\nNorth +9\.007199e\+10\nSouth +5\.000000e\+01\n/u);
  });

  test("is let in with a token as password or bearer, and with no other", () => {
    expect(notebook.bearer).toBe(5);
    expect(notebook.nobody).toMatch(strangerRefused);
  });
});

describe.skipIf(!java)(`the JDBC driver (${javaHint})`, () => {
  test.each(readers)("reads what the command line reads, streams, and is refused the rest (%s)", (reader) => {
    answersRight(tool[reader], reader);
  });

  test("has each type as Java writes it", () => {
    expect(tool.all.types).toEqual({
      UInt8: "200",
      Int64: "-9007199254740993",
      UInt64: "18446744073709551615",
      Float64: "0.1",
      "Decimal(18, 2)": "12.34",
      String: "Brăila ✓ 'q' \\",
      "Nullable(String)": null,
      Date: "2025-03-30",
      "DateTime64(3, 'UTC')": "2025-03-30 01:30:00.125",
      "Array(UInt8)": "[1, 2]",
      Bool: "true",
      UUID: "00000000-0000-0000-0000-00000000002a",
      "LowCardinality(String)": "low",
      "Enum8('open' = 0, 'won' = 1)": "won",
    });
    expect(tool.all.parameters).toEqual(["it's; DROP ? \\ ", "8", "2025-03-30", "1743298200125", "1"]);
  });

  test.each(readers)("draws the tree of tables with their comments, and nothing else's (%s)", (reader) => {
    const { valid, described, metadata } = tool[reader];
    expect(valid).toBe(true);
    expect(described).toEqual(["deal_id", "team", "status", "closed_at", "amount_minor", "cycle_s"]);
    expect(metadata).toMatchObject({ product: "ClickHouse", types: true, functions: true, keys: [] });
    expect(metadata.schemas).toContain("leadwire");
    expect(metadata.tables).toEqual(expect.arrayContaining(["deals", "events", "facts", "leads"]));
    expect(metadata.columns[0]).toBe("deal_id");
    expect(metadata.comments.every((comment) => comment.length > 0)).toBe(true);
  });

  test("stops a question as a tool's stop button does", () => {
    expect(tool.all.cancelled).toMatchObject({ in_time: true, kill: null });
    expect(tool.all.cancelled.ended_with).not.toBeNull();
  });

  test("is let in with a token, and with no other", () => {
    expect(tool.nobody).toMatch(strangerRefused);
  });
});
