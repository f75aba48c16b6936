import { setTimeout as sleep } from "node:timers/promises";
import { ClickHouseError, ClickHouseLogLevel, createClient } from "@clickhouse/client";

type Client = ReturnType<typeof createClient>;

export interface NodePlace {
  readonly url: string;
  /** A statement that gives rows. */
  readonly rows: string;
  readonly refused: ReadonlyArray<string>;
}

const types = `SELECT toUInt8(200) AS small, toInt64(-9007199254740993) AS large, 0.1 AS float,
  toDecimal64('12.34', 2) AS money, 'Brăila ✓ ''q'' \\\\' AS text, CAST(NULL AS Nullable(String)) AS nothing,
  toDate('2025-03-30') AS day, toDateTime64('2025-03-30 01:30:00.125', 3, 'UTC') AS instant, [1, 2] AS numbers,
  map('a', 1) AS pairs, true AS yes, toUUID('00000000-0000-0000-0000-00000000002a') AS id`;

/** The error that a question ends with, in ClickHouse's own words; null where it ends with none. */
const refusal = async (ask: () => Promise<unknown>): Promise<string | null> => {
  try {
    await ask();
    return null;
  } catch (fault) {
    if (fault instanceof ClickHouseError) return `Code: ${fault.code}. ${fault.message} (${fault.type})`;
    return String(fault);
  }
};

const rowsOf = async (client: Client, query: string): Promise<ReadonlyArray<ReadonlyArray<unknown>>> => {
  const answer = await client.query({ query, format: "JSONCompactEachRow" });
  const rows: Array<ReadonlyArray<unknown>> = [];
  for await (const part of answer.stream<ReadonlyArray<unknown>>()) rows.push(...part.map((row) => row.json()));
  return rows;
};

const streamed = async (client: Client) => {
  let rows = 0;
  let total = 0;
  const answer = await client.query({ query: "SELECT number FROM numbers(150000)", format: "JSONEachRow" });
  for await (const part of answer.stream<{ number: number | string }>()) {
    rows += part.length;
    for (const row of part) total += Number(row.json().number);
  }
  return { rows, total };
};

const parameters = (client: Client) =>
  client
    .query({
      query: "SELECT {text:String}, {number:UInt32} + 1, {day:Date}, {list:Array(String)}",
      query_params: { text: "it's; DROP {x} \\ ", number: 7, day: "2025-03-30", list: ["a", "b'"] },
      format: "JSONCompact",
    })
    .then((answer) => answer.json<ReadonlyArray<unknown>>())
    .then(({ data }) => data[0]);

const endless = "SELECT count() FROM numbers(4000000000) WHERE sipHash64(sipHash64(number)) = 1";

/** Leaves many questions without an end, some at a time; those that are left take no place, or the last would wait. */
const left = async (client: Client) => {
  const endings = new Set<string | null>();
  for (let round = 0; round < 4; round += 1) {
    const leaving = new AbortController();
    const asked = [1, 2, 3].map(() => refusal(() => client.query({ query: endless, abort_signal: leaving.signal })));
    await sleep(50);
    leaving.abort();
    for (const ending of await Promise.all(asked)) endings.add(ending);
  }
  return { endings: [...endings], next: await rowsOf(client, "SELECT 1") };
};

const clientOf = (url: string, token: string, options: Partial<Parameters<typeof createClient>[0]> = {}): Client =>
  createClient({
    url,
    username: "ana",
    password: token,
    database: "leadwire",
    log: { level: ClickHouseLogLevel.OFF },
    ...options,
  });

const packed = async (url: string, token: string) => {
  const client = clientOf(url, token, { compression: { response: true } });
  const rows = await rowsOf(client, "SELECT sum(number), count() FROM numbers(1000)");
  const error = await refusal(() => client.query({ query: "SELECT nope FROM deals" }));
  await client.close();
  return { rows, error };
};

/** Asks as a program of Node does, with @clickhouse/client. */
export const askWithNode = async ({ url, rows, refused }: NodePlace, token: string) => {
  const client = clientOf(url, token);
  // Longer than a reader's: as drivers make it of their own deadline.
  const settings = { max_execution_time: 65, wait_end_of_query: 1, send_progress_in_http_headers: 1 } as const;
  const answer = {
    ping: (await client.ping()).success,
    ping_select: (await client.ping({ select: true })).success,
    types: (await rowsOf(client, types))[0],
    rows: await rowsOf(client, rows),
    streamed: await streamed(client),
    parameters: await parameters(client),
    left: await left(client),
    packed: await packed(url, token),
    tables: (await rowsOf(client, "SHOW TABLES")).flat(),
    csv: await client.query({ query: "SELECT 1 AS one, 'a' AS a", format: "CSVWithNames" }).then((csv) => csv.text()),
    session: await client.query({ query: "SELECT 1", session_id: "s-1" }).then((one) => one.json()),
    settings: await client.query({ query: "SELECT 1", clickhouse_settings: settings }).then((one) => one.json()),
    unknown_column: await refusal(() => client.query({ query: "SELECT nope FROM deals" })),
    broken_midway: await refusal(() =>
      rowsOf(client, "SELECT number, intDiv(1, 300000 - number) AS x FROM numbers(400000)"),
    ),
    refused: Object.fromEntries(
      await Promise.all(refused.map(async (query) => [query, await refusal(() => client.command({ query }))] as const)),
    ) as Readonly<Record<string, string | null>>,
    insert: await refusal(() => client.insert({ table: "deals", values: [{ deal_id: "x" }], format: "JSONEachRow" })),
  };
  await client.close();
  return answer;
};

/** What one who shows `token` is answered, and what a bearer of it is. */
export const askOnce = async (url: string, token: string) => {
  const basic = clientOf(url, token);
  const bearer = createClient({ url, access_token: token, log: { level: ClickHouseLogLevel.OFF } });
  const query = "SELECT count() FROM leadwire.deals";
  const answer = {
    basic: await refusal(() => basic.query({ query })),
    bearer: await refusal(() => bearer.query({ query })),
  };
  await basic.close();
  await bearer.close();
  return answer;
};
