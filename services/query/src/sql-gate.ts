/**
 * The second wall around ad hoc SQL: ClickHouse's own parser says what a statement calls and reads, and only what is
 * known to be harmless goes on. The first wall is the analyst's grants and limits.
 */

/** Functions that reach outside the data or tell about the machine. Names are compared in lower case. */
const refusedFunctions: ReadonlySet<string> = new Set([
  "file",
  "hostname",
  "fqdn",
  "fullhostname",
  "filesystemavailable",
  "filesystemcapacity",
  "filesystemunreserved",
  "getserverport",
  "getsetting",
  "getserversetting",
  "getmergetreesetting",
  "getoskernelversion",
  "addresstoline",
  "addresstosymbol",
  "addresstolinewithinlines",
  "demangle",
  "catboostevaluate",
  "joinget",
  "joingetornull",
  "sleep",
  "sleepeachrow",
  "throwif",
  "showcertificate",
  "zookeepersessionuptime",
  "fuzzjson",
  "fuzzbits",
]);

/** Tables made by a function: only those that make rows out of nothing or out of another query. */
const allowedTableFunctions: ReadonlySet<string> = new Set([
  "numbers",
  "numbers_mt",
  "zeros",
  "values",
  "view",
  "generateseries",
  "generate_series",
  "null",
]);

/** A metric's view, and the facts as of a time, take their parameters like a table function. */
const parameterView = /^(leadwire\.)?(kpi_[a-z0-9_]+|facts_as_of|facts_of_kind_as_of)$/;

const isAllowedTableFunction = (name: string): boolean => allowedTableFunctions.has(name) || parameterView.test(name);

const allowedDatabases: ReadonlySet<string> = new Set(["leadwire", "information_schema"]);
const allowedSystemTables: ReadonlySet<string> = new Set([
  "system.one",
  "system.numbers",
  "system.columns",
  "system.tables",
  "system.databases",
  "system.functions",
]);

const deniedPrefixes: ReadonlyArray<string> = ["dictget", "dicthas", "dictis", "remote", "s3", "azure", "hdfs", "url"];

/** Statements that only read. */
const allowedStatements: ReadonlySet<string> = new Set([
  "SelectWithUnionQuery",
  "SelectIntersectExceptQuery",
  "SelectQuery",
  "Explain",
  "DescribeQuery",
  "ShowTables",
  "ShowColumns",
  "ShowFunctions",
  "ExistsTableQuery",
  "ShowCreateTableQuery",
  "ShowCreateViewQuery",
]);

const unquote = (name: string): string => name.replaceAll("`", "").replaceAll('"', "");

const tableRefusal = (table: string): string | undefined => {
  const name = unquote(table).toLowerCase();
  const dot = name.indexOf(".");
  if (dot < 0 || allowedDatabases.has(name.slice(0, dot)) || allowedSystemTables.has(name)) return undefined;
  return `the table ${unquote(table)} is not one of the views: npx leadwire sql --schema lists them`;
};

const isDenied = (name: string): boolean =>
  refusedFunctions.has(name) || deniedPrefixes.some((prefix) => name.startsWith(prefix));

interface TreeLine {
  readonly depth: number;
  readonly node: string;
  readonly name: string;
}

const lineOf = (text: string): TreeLine => {
  const depth = text.length - text.trimStart().length;
  const [node = "", ...rest] = text.trim().split(" ");
  const name = rest.join(" ").replace(/ \(children \d+\)$/, "");
  return { depth, node, name: name.replace(/ \(alias .*\)$/, "") };
};

/**
 * Why a statement, given as the lines of EXPLAIN AST, may not run; undefined where it may.
 */
export const gateRefusal = (tree: ReadonlyArray<string>): string | undefined => {
  const lines = tree.map(lineOf);
  const statement = lines[0]?.node ?? "";
  if (!allowedStatements.has(statement)) return `only statements that read are allowed, this is ${statement}`;
  for (const [index, { depth, node, name }] of lines.entries()) {
    const above = lines[index - 1];
    const isTable = above?.node === "TableExpression" && above.depth === depth - 1;
    if (node === "Function" && isTable && !isAllowedTableFunction(name.toLowerCase())) {
      return `the table function ${name} is not allowed`;
    }
    if (node === "Function" && !isTable && isDenied(name.toLowerCase())) return `the function ${name} is not allowed`;
    if (node === "TableIdentifier") {
      const refusal = tableRefusal(name);
      if (refusal !== undefined) return refusal;
    }
    if (node === "Set") return "settings in the statement are not allowed";
  }
  return undefined;
};
