/** ClickHouse's SQL in pieces, as far as an editor has to tell them apart. Together the pieces are the whole text. */
export interface SqlToken {
  readonly kind: "space" | "comment" | "string" | "quoted" | "number" | "word" | "mark" | "parameter";
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** In this order: the first that fits is taken. What is never closed goes to the end of the text. */
const forms: ReadonlyArray<readonly [SqlToken["kind"], RegExp]> = [
  ["space", /\s+/y],
  ["comment", /--[^\n]*|#[ !][^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)/y],
  ["string", /'(?:[^'\\]|\\.|'')*(?:'|$)/sy],
  ["string", /\$(\w*)\$.*?(?:\$\1\$|$)/sy],
  ["quoted", /"(?:[^"\\]|\\.|"")*(?:"|$)|`(?:[^`\\]|\\.|``)*(?:`|$)/sy],
  ["parameter", /\{\s*[A-Za-z_]\w*\s*:[^{}']*(?:'[^']*'[^{}']*)*\}/y],
  ["number", /(?:0x[\da-f]+|\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)/iy],
  ["word", /[\p{L}_][\p{L}\p{N}_]*/uy],
  ["mark", /->|<=>|<=|>=|<>|!=|==|\|\||::|./sy],
];

export const sqlTokens = (sql: string): ReadonlyArray<SqlToken> => {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < sql.length) {
    for (const [kind, form] of forms) {
      form.lastIndex = at;
      const text = form.exec(sql)?.[0];
      if (text === undefined || text === "") continue;
      tokens.push({ kind, from: at, to: at + text.length, text });
      break;
    }
    at = tokens.at(-1)?.to ?? sql.length;
  }
  return tokens;
};

/** What says something to the server. */
export const isSpoken = ({ kind }: SqlToken): boolean => kind !== "space" && kind !== "comment";
