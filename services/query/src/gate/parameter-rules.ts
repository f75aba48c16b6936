import { denied, type Refusal } from "./refusal.ts";
import { isSign, isWord, type Token } from "./statement-text.ts";

/** What a parameter may put into the place of a name: nothing that could look like another line of the tree. */
const plainName = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)?$/u;

/** What a type is made of: `Array(DateTime64(3, 'UTC'))`, `Enum('a' = -1)`. */
const isOfType = (token: Token, next: Token | undefined): boolean => {
  switch (token.kind) {
    case "text":
      return !token.text.includes("\\");
    case "sign":
      return /^[():,.=]$/.test(token.text) || (token.text === "-" && next?.kind === "number");
    case "word":
      return !token.text.includes("$");
    default:
      return true;
  }
};

/**
 * Why the type of a parameter may not stand there; undefined where it may. ClickHouse makes the type as it parses, time zone
 * and all, from what stands there letter by letter: with comments, other quotes or escapes in it a text could be hidden
 * (see time-zone-rules.ts).
 */
export const parameterTypeRefusal = (tokens: ReadonlyArray<Token>): Refusal | undefined => {
  let isInside = false;
  for (const [at, token] of tokens.entries()) {
    if (isSign(token, "{")) isInside = true;
    else if (isSign(token, "}")) isInside = false;
    else if (isInside && !isOfType(token, tokens[at + 1])) {
      return denied(
        "a parameter has a plain type, such as {since:DateTime}: no comments, escapes or other quotes in it",
      );
    }
  }
  return undefined;
};

/** Why the value of an `{x:Identifier}` may not stand there; undefined where all may. */
export const identifierRefusal = (
  tokens: ReadonlyArray<Token>,
  parameters: Readonly<Record<string, string>> = {},
): Refusal | undefined => {
  for (const [at, token] of tokens.entries()) {
    if (!isWord(token, "Identifier") || !isSign(tokens[at - 1], ":") || !isSign(tokens[at - 3], "{")) continue;
    const name = tokens[at - 2]?.text ?? "";
    const value = parameters[name];
    if (value !== undefined && !plainName.test(value)) {
      return denied(`the parameter ${name} stands for a name, and "${value.slice(0, 60)}" is none`);
    }
  }
  return undefined;
};
