import { leadwire, leadwireJson, serve, temporaryDataDir } from "../e2e/leadwire-process.ts";
import type { Rows } from "./asked.ts";
import { dealRows, saleEvents } from "./sales-desk.ts";

export const readers = ["all", "north"] as const;
type ByReader<T> = Readonly<Record<(typeof readers)[number], T>>;

export interface SalesServer {
  readonly url: string;
  /** Of one who sees everything, and of one who sees team North. */
  readonly tokens: ByReader<string>;
  /** What each is to read: the command line's own rows. */
  readonly expected: ByReader<Rows>;
  readonly stop: () => Promise<void>;
}

/** ClickHouse's text of an instant, as milliseconds; everything else as it is. */
export const instantOf = (value: unknown): unknown =>
  typeof value === "string" && /^\d{4}-\d\d-\d\d \d\d:/u.test(value)
    ? Date.parse(`${value.replace(" ", "T")}Z`)
    : value;

const send = async (url: string): Promise<void> => {
  const sent = await fetch(`${url}/v1/events`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(saleEvents),
  });
  if (!sent.ok) throw new Error(`POST /v1/events answered ${sent.status}: ${await sent.text()}`);
};

const newToken = async (dataDir: string, name: string, ...more: ReadonlyArray<string>): Promise<string> => {
  const made = await leadwireJson("tokens", "create", name, "--can", "sql", ...more, "--data-dir", dataDir);
  return (made as { readonly token: string }).token;
};

/** The command line also waits until all that was sent is stored. */
const rowsOfCli = async (dataDir: string): Promise<Rows> => {
  const asked = await leadwire("sql", dealRows, "--format", "JSONCompactEachRow", "--data-dir", dataDir);
  if (asked.code !== 0) throw new Error(asked.stderr);
  const lines = asked.stdout.trimEnd().split("\n");
  return lines.map((line) => (JSON.parse(line) as ReadonlyArray<unknown>).map(instantOf));
};

/** `npx leadwire up` with the sales desk's events, and two tokens. */
export const serveSales = async (): Promise<SalesServer> => {
  const data = temporaryDataDir();
  const { url, child, finished } = await serve(data.path);
  const stop = async (): Promise<void> => {
    child.kill("SIGINT");
    await finished;
    data.dispose();
  };
  try {
    await send(url);
    const [all, north, rows] = await Promise.all([
      newToken(data.path, "notebook"),
      newToken(data.path, "ana", "--where", "team=North"),
      rowsOfCli(data.path),
    ]);
    const ofNorth = rows.filter(([, team]) => team === "North");
    return { url, tokens: { all, north }, expected: { all: rows, north: ofNorth }, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
};
