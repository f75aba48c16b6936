/** Why a statement was not answered, as ClickHouse's clients know it: they read code and name, people the message. */
export interface SqlRefusal {
  readonly code: number;
  /** ClickHouse's name of the code: `ACCESS_DENIED`. */
  readonly name: string;
  readonly message: string;
}

/** The codes that we give by ourselves; the others come from ClickHouse or the gate. */
export const codes = {
  badArguments: [36, "BAD_ARGUMENTS"],
  unknownCompression: [89, "UNKNOWN_COMPRESSION_METHOD"],
  unknownDatabase: [81, "UNKNOWN_DATABASE"],
  tooManyQueries: [202, "TOO_MANY_SIMULTANEOUS_QUERIES"],
  networkError: [210, "NETWORK_ERROR"],
  tooLarge: [307, "TOO_MANY_BYTES"],
  cancelled: [394, "QUERY_WAS_CANCELLED"],
  passwordNeeded: [194, "REQUIRED_PASSWORD"],
  denied: [497, "ACCESS_DENIED"],
  unknownLogin: [516, "AUTHENTICATION_FAILED"],
} as const;

export const sqlRefusal = ([code, name]: readonly [number, string], message: string): SqlRefusal => ({
  code,
  name,
  message,
});

const badRequest: ReadonlySet<number> = new Set([
  6, 15, 16, 25, 26, 27, 36, 38, 41, 43, 44, 53, 54, 62, 72, 89, 117, 167, 168, 321, 427, 441, 675, 676,
]);
const notFound: ReadonlySet<number> = new Set([46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 511]);

/** The HTTP status that ClickHouse gives with a code (its exceptionCodeToHTTPStatus). */
export const statusOfCode = (code: number): number => {
  if (code === 194) return 401;
  if (code === 192 || code === 193 || code === 516 || code === 497) return 403;
  if (badRequest.has(code)) return 400;
  if (notFound.has(code)) return 404;
  if (code === 307) return 413;
  if (code === 48) return 501;
  if (code === 209 || code === 210 || code === 439) return 503;
  if (code === 159) return 408;
  return 500;
};

/** A refusal as ClickHouse writes it: what its clients look for in a body. */
export const exceptionText = ({ code, name, message }: SqlRefusal): string =>
  `Code: ${code}. DB::Exception: ${message} (${name})\n`;

const written = /^Code: (?<code>\d+)\. DB::(?:\w+::)*\w*Exception: (?<message>.*) \((?<name>[A-Z][A-Z0-9_]+)\)$/su;

/** Reads a refusal off a text of ClickHouse's that was cleaned of its version; `code` where the text names none. */
export const refusalOfText = (text: string, code: number): SqlRefusal => {
  const found = written.exec(text)?.groups;
  if (found === undefined) return { code, name: "UNKNOWN_EXCEPTION", message: text };
  return { code: Number(found.code), name: found.name ?? "", message: found.message ?? "" };
};
