import { isInTable, type TreeNode } from "./statement-tree.ts";

/** Paths of the server's disk: a driver only asks whether there are any. */
const pathColumn = /(^|\.)(data|metadata)_paths?(\.|$)/;
const emptiness: ReadonlySet<string> = new Set(["empty", "notempty"]);
/** How large whole tables are: a reader of some rows may not know how many there are in all. */
const sizeColumn =
  /(^|\.)(total_(rows|bytes|bytes_uncompressed|marks)|lifetime_(rows|bytes)|(active_)?parts|data_(un)?compressed_bytes|marks_bytes|table_rows|(data|index)_length)(\.|$)/i;

const describesTables = (node: TreeNode): boolean =>
  (node.kind === "TableIdentifier" || isInTable(node)) &&
  /^((system\.)?(tables|databases|columns)|information_schema\.tables)$/i.test(node.name);

/**
 * Tables that describe tables tell drivers what there is, and must tell neither where it lies nor how large it is: columns
 * of them are named, so that each can be looked at. Undefined where nothing of the kind is asked.
 */
export const describedTableRefusal = (nodes: ReadonlyArray<TreeNode>): string | undefined => {
  if (!nodes.some(describesTables)) return undefined;
  for (const node of nodes) {
    const asked = node.parent?.parent;
    const isAsked = asked?.kind === "Function" && emptiness.has(asked.name.toLowerCase());
    if (node.kind === "Identifier" && pathColumn.test(node.name) && !isAsked)
      return "where tables lie on the disk is not told";
    if (node.kind === "Identifier" && sizeColumn.test(node.name))
      return "how large tables are is not told: count the rows of a view";
    const isCounted = asked?.kind === "Function" && asked.name.toLowerCase() === "count";
    if (isInTable(node) && describesTables(node))
      return "IN over a table that describes tables compares all its columns: write IN (SELECT name FROM …)";
    const isBare = isCounted && node.kind === "Asterisk" && node.children.length === 0;
    const isAll = /^(Qualified)?(Asterisk|Columns.*Matcher)$/.test(node.kind);
    const renames = node.parent?.kind === "TableExpression" && node.kind === "ExpressionList";
    if ((isAll && !isBare) || renames)
      return "tables that describe tables are read by the names of their columns: name, type, comment …";
  }
  return undefined;
};
