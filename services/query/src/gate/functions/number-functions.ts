import { words } from "./words.ts";

/** Functions of numbers. */
export const numberFunctions: ReadonlyArray<string> = words(`
  abs avg2 byteSwap divide divideDecimal divideOrNull gcd ifNotFinite intDiv intDivOrNull intDivOrZero isFinite
  isInfinite isNaN lcm max2 midpoint min2 minus mod modOrNull modulo moduloLegacy moduloOrNull moduloOrZero multiply
  multiplyDecimal negate plus pmod pmodOrNull positiveModulo positiveModuloOrNull positive_modulo
  positive_modulo_or_null sqr
  acos acosh asin asinh atan atan2 atanh cbrt cos cosh degrees e erf erfc exp exp10 exp2 factorial hypot intExp10
  intExp2 isPrime isProbablePrime lgamma ln log log10 log1p log2 pi pow power proportionsZTest radians sigmoid sign
  sin sinh sqrt tan tanh tgamma widthBucket width_bucket
  bitAnd bitCount bitHammingDistance bitNot bitOr bitRotateLeft bitRotateRight bitShiftLeft bitShiftRight bitSlice
  bitTest bitTestAll bitTestAny bitXor
  ceil ceiling floor round roundAge roundBankers roundDown roundDuration roundToExp2 trunc truncate
  financialInternalRateOfReturn financialInternalRateOfReturnExtended financialNetPresentValue
  financialNetPresentValueExtended
  rand rand32 rand64 randBernoulli randBinomial randCanonical randChiSquared randConstant randExponential randFisherF
  randLogNormal randNegativeBinomial randNormal randPoisson randStudentT randUniform randomFixedString
  randomPrintableASCII randomString randomStringUTF8
`);
