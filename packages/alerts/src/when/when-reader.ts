/** What is wrong in a line of a rule, and at which character of it, from 0. */
export interface TextFault {
  readonly index: number;
  readonly expected: string;
  readonly found: string;
  readonly hint?: string;
}

type TokenKind = "word" | "quoted" | "sign" | "end";

interface Token {
  readonly kind: TokenKind;
  /** Of a quoted one what is between the quotes. */
  readonly text: string;
  readonly index: number;
}

const wordForm = /[\p{L}\p{N}_][\p{L}\p{N}_.:@/-]*/uy;
const quotedForm = /"(?:[^"\\]|\\.)*"/uy;
const signForm = /<=|>=|==|!=|[^\s]/uy;

const matchAt = (form: RegExp, text: string, index: number): string | undefined => {
  form.lastIndex = index;
  return form.exec(text)?.[0];
};

const unquoted = (text: string): string | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : undefined;
  } catch {
    // Some escape that JSON does not have: the quote stays a sign, which nothing expects.
    return undefined;
  }
};

const tokenAt = (text: string, index: number): { readonly token: Token; readonly end: number } => {
  const word = matchAt(wordForm, text, index);
  if (word !== undefined) return { token: { kind: "word", text: word, index }, end: index + word.length };
  const quoted = matchAt(quotedForm, text, index);
  const value = quoted === undefined ? undefined : unquoted(quoted);
  if (quoted !== undefined && value !== undefined)
    return { token: { kind: "quoted", text: value, index }, end: index + quoted.length };
  const sign = matchAt(signForm, text, index) ?? "";
  return { token: { kind: "sign", text: sign, index }, end: index + sign.length };
};

const tokensOf = (text: string): ReadonlyArray<Token> => {
  const tokens: Token[] = [];
  let index = 0;
  while (index < text.length) {
    if (/\s/u.test(text[index] ?? "")) {
      index += 1;
      continue;
    }
    const { token, end } = tokenAt(text, index);
    tokens.push(token);
    index = end;
  }
  return tokens;
};

/**
 * Reads a line of a rule word by word: words, "quoted texts" and signs. A reader gives undefined after the first thing
 * that does not fit, which is kept as `fault`.
 */
export class WhenReader {
  readonly #text: string;
  readonly #tokens: ReadonlyArray<Token>;
  #next = 0;
  #fault: TextFault | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  get fault(): TextFault | undefined {
    return this.#fault;
  }

  /** The word, quoted text or sign that comes next, without taking it. */
  peek(ahead = 0): Token {
    return this.#tokens[this.#next + ahead] ?? { kind: "end", text: "", index: this.#text.length };
  }

  take(): Token {
    const token = this.peek();
    if (token.kind !== "end") this.#next += 1;
    return token;
  }

  /** Takes the words where all of them come next, in any case of letters. */
  takeWords(...words: ReadonlyArray<string>): boolean {
    const isNext = words.every((word, ahead) => {
      const { kind, text } = this.peek(ahead);
      return kind === "word" && text.toLowerCase() === word;
    });
    if (isNext) this.#next += words.length;
    return isNext;
  }

  takeSign(...signs: ReadonlyArray<string>): string | undefined {
    const { kind, text } = this.peek();
    if (kind !== "sign" || !signs.includes(text)) return undefined;
    this.#next += 1;
    return text;
  }

  /** A word or a quoted text. */
  name(expected: string): string | undefined {
    const { kind, text } = this.peek();
    if ((kind !== "word" && kind !== "quoted") || text === "") return this.refuse(expected);
    this.#next += 1;
    return text;
  }

  /** True where nothing more stands; else refuses it. */
  end(expected = "nothing more"): true | undefined {
    return this.peek().kind === "end" ? true : this.refuse(expected);
  }

  /** Refuses what comes next. */
  refuse(expected: string, hint?: string): undefined {
    return this.refuseAt(this.peek(), expected, hint);
  }

  refuseAt({ kind, text, index }: Token, expected: string, hint?: string): undefined {
    const found = kind === "end" ? "the end of the line" : JSON.stringify(text);
    this.#fault ??= { index, expected, found, ...(hint === undefined ? {} : { hint }) };
    return undefined;
  }
}

/** A name as it is written in a line: in quotes where it would be read as something else. */
export const nameText = (name: string, reserved: ReadonlyArray<string> = []): string => {
  const isWord = matchAt(wordForm, name, 0) === name && !reserved.includes(name.toLowerCase());
  return isWord ? name : JSON.stringify(name);
};
