import { describedTableRefusal } from "./described-tables.ts";
import { formatRefusal } from "./format-rules.ts";
import { functionRefusal, isRefusedFunction } from "./function-rules.ts";
import { denied, type Refusal, refusalCodes } from "./refusal.ts";
import { isInTable, type TreeNode } from "./statement-tree.ts";
import { tableFunctionRefusal, tableRefusal } from "./table-rules.ts";
import type { TextFindings } from "./text-rules.ts";
import { zoneFileRefusal } from "./time-zone-rules.ts";
import { zonePlaceRefusal } from "./zone-places.ts";

/** The nodes that a statement that reads is made of. One that a newer engine adds is refused until somebody looks. */
const kinds: ReadonlySet<string> = new Set([
  "SelectWithUnionQuery",
  "SelectIntersectExceptQuery",
  "SelectQuery",
  "ExpressionList",
  "Subquery",
  "WithElement",
  "Function",
  "Identifier",
  "Literal",
  "Asterisk",
  "QualifiedAsterisk",
  "ColumnsRegexpMatcher",
  "ColumnsListMatcher",
  "QualifiedColumnsRegexpMatcher",
  "QualifiedColumnsListMatcher",
  "ColumnsTransformerList",
  "ColumnsApplyTransformer",
  "ColumnsExceptTransformer",
  "ColumnsReplaceTransformer",
  "ColumnsReplaceTransformer::Replacement",
  "TablesInSelectQuery",
  "TablesInSelectQueryElement",
  "TableExpression",
  "TableIdentifier",
  "TableJoin",
  "ArrayJoin",
  "SampleRatio",
  "OrderByElement",
  "InterpolateElement",
  "WindowDefinition",
  "WindowListElement",
  "Set",
]);

/** What was found in a tree that may run. */
export interface TreeFindings {
  readonly tables: ReadonlyArray<string>;
  readonly format: string | undefined;
}

const roots: ReadonlySet<string> = new Set(["SelectWithUnionQuery", "Explain", "DescribeQuery"]);

const isTable = (node: TreeNode): boolean => node.parent?.kind === "TableExpression";

/** The one question about a setting that drivers ask: getSetting('readonly'). */
const isReadonlyQuestion = (node: TreeNode): boolean =>
  node.name === "getSetting" && node.children[0]?.children[0]?.name === "'readonly'";

const callsByText: ReadonlySet<string> = new Set(["arrayreduce", "arrayreduceinranges", "initializeaggregation"]);

/** arrayReduce('quantiles(0.5)', …): the text names the function that is called, so it has to be there to look at. */
const namedRefusal = (node: TreeNode): string | undefined => {
  if (isTable(node) || !callsByText.has(node.name.toLowerCase())) return undefined;
  const first = node.children[0]?.children[0];
  const name = /^'(\w+)(?:\([\w\s.,-]*\))?'$/.exec(first?.kind === "Literal" ? first.name : "")?.[1];
  return name === undefined
    ? `${node.name} takes the name of an aggregate function as a plain text here, such as 'sum' or 'quantiles(0.5, 0.9)'`
    : functionRefusal(name);
};

const functionOf = (node: TreeNode): string | undefined =>
  isTable(node) ? tableFunctionRefusal(node.name) : isReadonlyQuestion(node) ? undefined : functionRefusal(node.name);

/**
 * arrayMap(file, paths) is arrayMap(x -> file(x), paths): a bare name is a function where no column has it
 * (https://github.com/ClickHouse/ClickHouse/pull/101033).
 */
const bareRefusal = (name: string): string =>
  `the name ${name} stands for a function here, and ${functionRefusal(name)}; a column of that name needs another (AS)`;

const nodeRefusal = (node: TreeNode, database: string): string | undefined => {
  if (!kinds.has(node.kind)) return `${node.kind} has no place in a statement that reads`;
  switch (node.kind) {
    case "Function":
      return functionOf(node) ?? namedRefusal(node) ?? zonePlaceRefusal(node);
    // Of a parameter, which the text does not show.
    case "Literal":
      return zoneFileRefusal(node.name);
    case "TableIdentifier":
      return tableRefusal(node.name, database);
    case "Identifier":
      if (isRefusedFunction(node.name)) return bareRefusal(node.name);
      return isInTable(node) && node.name.includes(".") && tableRefusal(node.name, database) !== undefined
        ? `IN ${node.name} reads a table that is not one of the views: write IN (SELECT … FROM …), or has(array, value)`
        : undefined;
    default:
      return undefined;
  }
};

/** What hangs directly under the root, besides the statement itself: FORMAT, INTO OUTFILE, SETTINGS. */
const rootFormat = (root: TreeNode): Refusal | string | undefined => {
  const format = root.children.find(({ kind }) => kind === "Identifier")?.name;
  if (root.children.some(({ kind }) => kind === "Literal"))
    return denied("INTO OUTFILE is not allowed: it writes a file");
  const refusal = format === undefined ? undefined : formatRefusal(format);
  return refusal === undefined ? format : { message: refusal, code: refusalCodes.format };
};

/**
 * ClickHouse holds the settings of the whole statement to the reader's limits, and those of a subquery to none: they stand
 * under the root, or in the last SELECT directly below it.
 */
const isSettingOfAll = (node: TreeNode, root: TreeNode): boolean => {
  if (node.parent === root) return true;
  const union = root.kind === "Explain" ? root.children.find(({ kind }) => kind === "SelectWithUnionQuery") : root;
  return node.parent?.kind === "SelectQuery" && union?.children[0]?.children.at(-1) === node.parent;
};

const count = (nodes: ReadonlyArray<TreeNode>, kind: string): number =>
  nodes.filter((node) => node.kind === kind).length;

/** Why a statement that reads may not run, by its tree; otherwise what it reads. */
export const treeRefusal = (
  nodes: ReadonlyArray<TreeNode>,
  text: TextFindings,
  database: string,
): Refusal | TreeFindings => {
  const [root, ...below] = nodes;
  if (root === undefined || !roots.has(root.kind)) return denied("only statements that read are allowed");
  const format = rootFormat(root);
  if (typeof format === "object") return format;
  for (const node of below) {
    const refusal = nodeRefusal(node, database);
    if (refusal !== undefined) return denied(refusal);
  }
  if (below.some((node) => node.kind === "Set" && !isSettingOfAll(node, root))) {
    return denied("SETTINGS stand at the end of the whole statement, not in a part of it");
  }
  const told = describedTableRefusal(nodes);
  if (told !== undefined) return denied(told);
  if (count(nodes, "ColumnsApplyTransformer") !== text.applied || count(nodes, "Set") !== text.settingClauses) {
    return denied("what stands in SETTINGS or APPLY cannot be told for sure: write it in another way");
  }
  const tables = below
    .filter((node) => node.kind === "TableIdentifier" || (node.kind === "Function" && isTable(node)))
    .map(({ name }) => name);
  return { tables, format };
};
