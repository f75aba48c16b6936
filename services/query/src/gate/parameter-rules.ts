import { denied, type Refusal } from "./refusal.ts";
import { isSign, isWord, type Token } from "./statement-text.ts";

/** What a parameter may put into the place of a name: nothing that could look like another line of the tree. */
const plainName = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)?$/u;

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
