export * from "./endpoint/index.ts";
export { allowedFunctions } from "./gate/function-rules.ts";
export { openGate } from "./gate/judge.ts";
export { settingRefusal } from "./gate/setting-rules.ts";
export { type OutputFormat, outputFormatOf, outputFormats } from "./output-format.ts";
export { runSql, type SqlFault, type SqlOptions } from "./run-sql.ts";
