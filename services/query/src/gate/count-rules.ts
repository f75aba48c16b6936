import { denied, type Refusal } from "./refusal.ts";
import { isName, type Token } from "./statement-text.ts";

/** A plan tells parts and granules of whole tables, the pipeline how they are read. */
const plan = /^EXPLAIN (?!AST |SYNTAX |QUERY TREE )/;

/**
 * Why a statement may not run for one who sees some rows only, by its text: it would tell how many there are in all. What
 * ClickHouse counts stands before the row policies.
 */
export const countRefusal = (text: string, tokens: ReadonlyArray<Token>): Refusal | undefined => {
  if (plan.test(text)) {
    return denied(
      "EXPLAIN takes AST, SYNTAX or QUERY TREE with a token for some rows: a plan tells how large whole tables are",
    );
  }
  return tokens.some((token) => isName(token) && token.text === "output_format_write_statistics")
    ? denied(
        "the setting output_format_write_statistics is not allowed with a token for some rows: it counts what others see",
      )
    : undefined;
};
