import type { ChartChoice } from "../../../console/saved-query.ts";

/** What a link holds: a statement and how its answer is shown. Opening one runs nothing. */
export interface Shared {
  readonly sql: string;
  readonly chart: ChartChoice | null;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A link is somebody else's text: what unpacks to more than this is none of ours. */
const unpackedBytesMax = 1_048_576;
const prefix = "#q=";

const toBase64Url = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const unpacked = async (packed: Uint8Array<ArrayBuffer>): Promise<string | undefined> => {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(pieces).text();
    bytes += value.length;
    if (bytes > unpackedBytesMax) {
      await reader.cancel();
      return undefined;
    }
    pieces.push(value);
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const chartOf = (value: unknown): ChartChoice | null => {
  if (!isRecord(value)) return null;
  const { kind, x, y, series } = value;
  const isKind = kind === "line" || kind === "bar" || kind === "scatter";
  if (!isKind || typeof x !== "string" || typeof y !== "string") return null;
  return { kind, x, y, series: typeof series === "string" ? series : null };
};

const sharedOf = (value: unknown): Shared | undefined => {
  if (!isRecord(value) || typeof value.sql !== "string") return undefined;
  const given = isRecord(value.parameters) ? Object.entries(value.parameters) : [];
  const parameters = Object.fromEntries(
    given.flatMap(([name, text]) => (typeof text === "string" ? [[name, text]] : [])),
  );
  return { sql: value.sql, chart: chartOf(value.chart), parameters };
};

/** The part of an address behind `/sql`, compressed: the server never sees it. */
export const shareHash = async (shared: Shared): Promise<string> => {
  const packed = new Blob([JSON.stringify(shared)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return prefix + toBase64Url(new Uint8Array(await new Response(packed).arrayBuffer()));
};

/** Undefined for an address that holds no query, or none that can be read. */
export const readShareHash = async (hash: string): Promise<Shared | undefined> => {
  if (!hash.startsWith(prefix)) return undefined;
  try {
    const text = await unpacked(fromBase64Url(hash.slice(prefix.length)));
    return text === undefined ? undefined : sharedOf(JSON.parse(text));
  } catch {
    // Cut off by whoever sent it on, or never a link of ours.
    return undefined;
  }
};
