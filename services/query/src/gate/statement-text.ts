/**
 * A statement as ClickHouse itself writes it (`formatQuerySingleLine`), in pieces. What stands in it is known: no comments,
 * keywords in capitals, names that need quotes in backquotes, text in single quotes. It tells what the tree keeps to
 * itself: the names of settings, of functions in APPLY, of what SHOW shows.
 */

export type Token =
  | { readonly kind: "word" | "sign" | "number" | "text"; readonly text: string }
  /** In backquotes; `text` is what stands between them. */
  | { readonly kind: "name"; readonly text: string };

const pattern =
  /\s+|`((?:[^`\\]|\\.|``)*)`|'((?:[^'\\]|\\.|'')*)'|([\p{L}_$][\p{L}\p{N}_$]*)|(\d[\w.]*(?:(?<=[eE])[+-]\d+)?)|(->|::|.)/gsu;

/** The pieces in their order, without the white space between them. */
export const tokensOf = (statement: string): ReadonlyArray<Token> => {
  const tokens: Token[] = [];
  for (const [, name, text, word, number, sign] of statement.matchAll(pattern)) {
    if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (text !== undefined) tokens.push({ kind: "text", text });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
  }
  return tokens;
};

/** A name, quoted or not. */
export const isName = (token: Token | undefined): boolean => token?.kind === "word" || token?.kind === "name";

export const isSign = (token: Token | undefined, sign: string): boolean =>
  token?.kind === "sign" && token.text === sign;

export const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === "word" && token.text === word;
