import { words } from "./words.ts";

/** Comparing, choosing, and what is null. */
export const logicFunctions: ReadonlyArray<string> = words(`
  and not or xor
  assumeNotNull coalesce firstNonDefault ifNull isNotNull isNull isNullable isZeroOrNull nullIf toNullable
  caseWithoutExpr caseWithoutExpression caseWithExpr caseWithExpression clamp greatest if least multiIf
  equals globalIn globalInIgnoreSet globalNotIn globalNotInIgnoreSet globalNotNullIn globalNotNullInIgnoreSet
  globalNullIn globalNullInIgnoreSet greater greaterOrEquals in inIgnoreSet isDistinctFrom isNotDistinctFrom less
  lessOrEquals notEquals notIn notInIgnoreSet notNullIn notNullInIgnoreSet nullIn nullInIgnoreSet
`);
