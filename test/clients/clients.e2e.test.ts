import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leadwire, leadwireJson, type Served, serve, temporaryDataDir } from "../e2e/leadwire-process.ts";
import { hasJava, javaArguments, javaHint } from "./java-client.ts";
import { askOnce, askWithNode } from "./node-client.ts";
import { pythonHint, pythonScript, pythonWithClients } from "./python-client.ts";
import { runClient } from "./run-client.ts";
import { dealRows, refusedStatements, saleEvents } from "./sales-desk.ts";

type Rows = ReadonlyArray<ReadonlyArray<unknown>>;

/** What every client is asked. */
interface Asked {
  readonly rows: Rows;
  readonly streamed: { readonly rows: number; readonly total: number };
  readonly parameters: unknown;
  readonly types: unknown;
  readonly unknown_column: string | null;
  readonly refused: Readonly<Record<string, string | null>>;
}

type NodeAsked = Awaited<ReturnType<typeof askWithNode>>;

interface PythonAsked extends Omit<Asked, "rows"> {
  readonly ping: boolean;
  readonly rows: {
    readonly names: ReadonlyArray<string>;
    readonly rows: Rows;
    readonly frame_rows: number;
    readonly frame_sum: number;
    readonly frame_types: Readonly<Record<string, string>>;
  };
  readonly left: unknown;
  readonly compressed: ReadonlyArray<number>;
  readonly tables: ReadonlyArray<string>;
  readonly columns: Readonly<Record<string, string>>;
  readonly csv: string;
  readonly settings: number;
  readonly broken_midway: string | null;
  readonly insert: string | null;
}

interface JavaAsked extends Asked {
  readonly valid: boolean;
  readonly described: ReadonlyArray<string>;
  readonly cancelled: { readonly in_time: boolean; readonly ended_with: string | null; readonly kill: string | null };
  readonly metadata: {
    readonly product: string;
    readonly schemas: ReadonlyArray<string>;
    readonly tables: ReadonlyArray<string>;
    readonly columns: ReadonlyArray<string>;
    readonly comments: ReadonlyArray<string>;
    readonly keys: ReadonlyArray<string>;
    readonly types: boolean;
    readonly functions: boolean;
  };
}

interface Answers<A> {
  readonly all: A;
  readonly north: A;
  readonly nobody: string | null;
  readonly bearer: number;
}

const python = pythonWithClients();
const java = hasJava();
const data = temporaryDataDir();
const readers = ["all", "north"] as const;
/** A zone with summer time: instants must not be read by this machine's clock. */
const env = { ...process.env, TZ: "Europe/Bucharest" };
/** A token of the right form that nobody was given. */
const strange = `lwt_00000000_${"A".repeat(43)}`;

let server: Served | undefined;
let expected: Readonly<Record<(typeof readers)[number], Rows>>;
let node: Readonly<Record<(typeof readers)[number], NodeAsked>>;
let stranger: Awaited<ReturnType<typeof askOnce>>;
let bearer: Awaited<ReturnType<typeof askOnce>>;
let notebook: Answers<PythonAsked>;
let tool: Answers<JavaAsked>;

const newToken = async (name: string, ...more: ReadonlyArray<string>): Promise<string> => {
  const made = (await leadwireJson("tokens", "create", name, "--can", "sql", ...more, "--data-dir", data.path)) as {
    readonly token: string;
  };
  return made.token;
};

/** ClickHouse's text of an instant, as milliseconds. */
const instantOf = (value: unknown): unknown =>
  typeof value === "string" && /^\d{4}-\d\d-\d\d \d\d:/u.test(value)
    ? Date.parse(`${value.replace(" ", "T")}Z`)
    : value;

/** The command line's own answer, which also waits until all that was sent is stored. */
const rowsOfCli = async (): Promise<Rows> => {
  const { code, stdout, stderr } = await leadwire("sql", dealRows, "--format", "JSONCompactEachRow", "--data-dir", data.path);
  if (code !== 0) throw new Error(stderr);
  const lines = stdout.trimEnd().split("\n");
  return lines.map((line) => (JSON.parse(line) as ReadonlyArray<unknown>).map(instantOf));
};

beforeAll(async () => {
  server = await serve(data.path);
  const { url } = server;
  const { host, hostname, port } = new URL(url);
  const sent = await fetch(`${url}/v1/events`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(saleEvents),
  });
  expect(sent.status, await sent.text()).toBe(200);
  const [all, north, rows] = await Promise.all([
    newToken("notebook"),
    newToken("ana", "--where", "team=North"),
    rowsOfCli(),
  ]);
  expected = { all: rows, north: rows.filter(([, team]) => team === "North") };
  const tokens = { all, north };
  const input = JSON.stringify({
    host: hostname,
    port: Number(port),
    tokens,
    rows: dealRows,
    refused: refusedStatements,
  });
  const named = readers.map((reader) => `${reader}=${tokens[reader]}`);
  const place = { url, rows: dealRows, refused: refusedStatements };
  [node, stranger, bearer, notebook, tool] = await Promise.all([
    Promise.all([askWithNode(place, all), askWithNode(place, north)]).then(([a, n]) => ({ all: a, north: n })),
    askOnce(url, strange),
    askOnce(url, north),
    python === undefined
      ? notebook
      : (runClient(python, [pythonScript], input, env) as Promise<Answers<PythonAsked>>),
    java
      ? (runClient(
          "java",
          [...javaArguments(), host, dealRows, refusedStatements.join("\n"), ...named],
          "",
          env,
        ) as Promise<Answers<JavaAsked>>)
      : tool,
  ]);
}, 120_000);

afterAll(async () => {
  server?.child.kill("SIGINT");
  await server?.finished;
  data.dispose();
});

/** Numbers beyond a double come as text from some clients and as numbers from others. */
const comparable = (rows: Rows): Rows => rows.map((row) => row.map((value) => instantOf(value)));

const answersRight = (asked: Asked, reader: (typeof readers)[number]): void => {
  expect(expected.all.length).toBe(5);
  expect(expected.north.length).toBe(3);
  expect(comparable(asked.rows)).toEqual(expected[reader]);
  expect(asked.streamed).toMatchObject({ rows: 200_000, total: 19_999_900_000 });
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
    expect(frame_rows).toBe(expected[reader].length);
    expect(frame_sum).toBe(expected[reader].reduce((sum, [, , , , amount]) => sum + Number(amount), 0));
    expect(frame_types).toMatchObject({ amount_minor: "int64", closed_at: expect.stringContaining("datetime64") });
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
      "2025-03-30 01:30:00.125000",
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
