import { words } from "./words.ts";

/** The rest that is harmless: of the row, of the type, and what clients ask at their start. */
export const otherFunctions: ReadonlyArray<string> = words(`
  DATABASE FORMAT_BYTES SCHEMA bar byteSize countDigits currentDatabase currentSchemas currentUser current_database
  current_schemas current_user defaultValueOfArgumentType defaultValueOfTypeName digits displayName
  finalizeAggregation formatReadableDecimalSize formatReadableQuantity formatReadableSize formatReadableTimeDelta
  identity ignore indexHint initializeAggregation isConstant isDecimalOverflow materialize minSampleSizeContinous
  minSampleSizeContinuous minSampleSizeConversion neighbor parseReadableSize parseReadableSizeOrNull
  parseReadableSizeOrZero parseTimeDelta revision rowNumberInAllBlocks rowNumberInBlock runningAccumulate
  runningDifference runningDifferenceStartingWithFirstValue session_user toColumnTypeName toTypeName transform user
  variantElement variantType version visibleWidth
`);
