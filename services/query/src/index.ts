export { type OutputFormat, outputFormatOf, outputFormats } from "./output-format.ts";
export { runSql, type SqlFault, type SqlOptions } from "./run-sql.ts";
