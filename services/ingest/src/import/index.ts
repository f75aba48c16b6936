export { csvFields } from "./csv-rows.ts";
export type { ImportBatch, Judge } from "./import-batch.ts";
export { type FileImport, type ImportOptions, openImport } from "./import-file.ts";
export { type LoadedMapping, loadMapping } from "./load-mapping.ts";
export type { Refusal } from "./refusal.ts";
export { RowCursor } from "./row-cursor.ts";
export { defaultRowLimits } from "./row-limits.ts";
