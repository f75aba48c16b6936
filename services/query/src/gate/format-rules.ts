/** Output formats that need no file of the server and start no program. Names are compared in lower case. */
export const allowedFormats: ReadonlyArray<string> = [
  ...["TabSeparated", "TSV", "TabSeparatedRaw", "TSVRaw", "Raw", "CSV", "RowBinary"].flatMap((name) => [
    name,
    `${name}WithNames`,
    `${name}WithNamesAndTypes`,
  ]),
  ...["JSON", "JSONStrings", "JSONCompact", "JSONCompactStrings", "JSONColumns", "JSONCompactColumns"],
  ...["JSONEachRow", "JSONStringsEachRow", "JSONEachRowWithProgress", "JSONStringsEachRowWithProgress"],
  ...["JSONCompactEachRow", "JSONCompactStringsEachRow"].flatMap((name) => [
    name,
    `${name}WithNames`,
    `${name}WithNamesAndTypes`,
    `${name}WithProgress`,
  ]),
  ...["JSONColumnsWithMetadata", "JSONObjectEachRow", "JSONLines", "JSONL", "NDJSON"],
  ...["PrettyJSONEachRow", "PrettyJSONLines", "PrettyNDJSON"],
  ...["Pretty", "PrettyCompact", "PrettySpace"].flatMap((name) => [
    name,
    `${name}NoEscapes`,
    `${name}MonoBlock`,
    `${name}NoEscapesMonoBlock`,
  ]),
  ...["Parquet", "Arrow", "ArrowStream", "ORC", "Avro", "Native", "MsgPack", "BSONEachRow"],
  ...["LineAsString", "Markdown", "MD", "Values", "SQLInsert", "XML", "Vertical", "TSKV", "Null", "Hash"],
];

const allowed: ReadonlySet<string> = new Set(allowedFormats.map((name) => name.toLowerCase()));

/** Why a format may not be asked for; undefined where it may. */
export const formatRefusal = (format: string): string | undefined =>
  allowed.has(format.toLowerCase())
    ? undefined
    : `the format ${format} is not allowed: ask for JSON, JSONEachRow, CSVWithNames, TabSeparatedWithNames, Parquet, ArrowStream, Native or another that needs no schema file`;
