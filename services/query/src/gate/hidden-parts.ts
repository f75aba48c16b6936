import { functionRefusal, isRefusedFunction } from "./function-rules.ts";
import { denied, type Refusal } from "./refusal.ts";
import { isName, isSign, isWord, type Token } from "./statement-text.ts";
import type { TreeNode } from "./statement-tree.ts";

/** A column's alias, a table's column and a parameter call nothing. */
const isOnlyName = (tokens: ReadonlyArray<Token>, at: number): boolean =>
  isWord(tokens[at - 1], "AS") || isSign(tokens[at - 1], ".") || isSign(tokens[at - 1], "{");

/** What is called is judged with the calls. */
const isBareFunction = (tokens: ReadonlyArray<Token>, at: number): boolean => {
  const token = tokens[at];
  if (!isName(token) || isSign(tokens[at + 1], "(") || isOnlyName(tokens, at)) return false;
  return isRefusedFunction(token?.text ?? "");
};

/**
 * Why a statement may not run because its tree does not show all of it: `APPLY quantile((SELECT …))` runs what no line
 * names, and `(SELECT …).*` might in a newer ClickHouse. The text has it all: the tree must have as many SELECT, and
 * no function that is refused may be named.
 */
export const hiddenPartRefusal = (
  tokens: ReadonlyArray<Token>,
  nodes: ReadonlyArray<TreeNode>,
): Refusal | undefined => {
  const bare = tokens.find((_, at) => isBareFunction(tokens, at))?.text;
  if (bare !== undefined) {
    return denied(`${bare} stands for a function here, and ${functionRefusal(bare)}; another name needs AS in front`);
  }
  const written = tokens.filter((token) => isWord(token, "SELECT")).length;
  const shown = nodes.filter(({ kind }) => kind === "SelectQuery").length;
  return written === shown
    ? undefined
    : denied("a SELECT stands where it cannot be looked at, such as (SELECT …).*: write it behind FROM or WITH");
};
