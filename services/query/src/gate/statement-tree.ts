/** One line of `EXPLAIN AST`: a node of ClickHouse's own tree of a statement. */
export interface TreeNode {
  /** `Function`, `TableIdentifier`, `Literal` … */
  readonly kind: string;
  /** What stands after the kind, without the alias and the number of children. */
  readonly name: string;
  readonly children: ReadonlyArray<TreeNode>;
  readonly parent: TreeNode | undefined;
}

interface Growing extends TreeNode {
  readonly children: Growing[];
  readonly parent: Growing | undefined;
}

/** A name that holds one of these itself is refused before the tree is read (see text-rules.ts). */
const ending = / \((?:alias|children) .*$/;

/** Kinds are one word. */
const kindOf = (text: string): string => text.split(" ")[0] ?? "";

/** The tree and all its nodes in the order of their lines; undefined where the lines are no tree. */
export const treeOf = (lines: ReadonlyArray<string>): ReadonlyArray<TreeNode> | undefined => {
  const nodes: Growing[] = [];
  const path: Growing[] = [];
  for (const line of lines) {
    const text = line.trimStart();
    const depth = line.length - text.length;
    const parent = path[depth - 1];
    if (depth > path.length || (parent === undefined) !== (nodes.length === 0)) return undefined;
    const kind = kindOf(text);
    const name = text.slice(kind.length).replace(ending, "").trimStart();
    const node: Growing = { kind, name, children: [], parent };
    parent?.children.push(node);
    path.splice(depth, path.length, node);
    nodes.push(node);
  }
  return nodes.length === 0 ? undefined : nodes;
};

const inFunction = /^(global)?(not)?(null)?in(ignoreset)?$/i;

/** `x IN leadwire.t` reads a table, which the tree shows as a name among names. */
export const isInTable = (node: TreeNode): boolean => {
  const list = node.parent;
  const call = list?.parent;
  return call?.kind === "Function" && inFunction.test(call.name) && list?.children[1] === node;
};
