import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from "yaml";

/**
 * Reads a YAML file as text only (`no`, `1.10` and `2026-03-01` stay what was written) and remembers where everything
 * stood, so that each fault names its line: `crm.yaml:14: events[1].fields.to_stage: expected …`.
 */
export class MappingReader {
  readonly faults: string[] = [];
  readonly name: string;
  readonly root: Node | null;
  readonly #lines = new LineCounter();

  constructor(name: string, yamlText: string) {
    this.name = name;
    const document = parseDocument(yamlText, { schema: "failsafe", lineCounter: this.#lines, prettyErrors: false });
    for (const error of document.errors)
      this.faults.push(`${name}:${this.#lines.linePos(error.pos[0]).line}: ${error.message}`);
    this.root = document.contents;
  }

  lineOf(node: Node | null): number {
    return node?.range ? this.#lines.linePos(node.range[0]).line : 1;
  }

  fault(node: Node | null, path: string, expected: string): void {
    this.faults.push(`${this.name}:${this.lineOf(node)}: ${path === "" ? "" : `${path}: `}${expected}`);
  }

  /** The entries of a map; faults where it is none, and for every key that is not among those known. */
  map(node: Node | null, path: string, known?: ReadonlyArray<string>): ReadonlyMap<string, Node> {
    const entries = new Map<string, Node>();
    if (!isMap(node)) {
      this.fault(
        node,
        path,
        `expected ${known === undefined ? "names with values" : `a map with ${known.join(", ")}`}`,
      );
      return entries;
    }
    for (const pair of (node as YAMLMap<Node, Node | null>).items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : "";
      if (known !== undefined && !known.includes(key))
        this.fault(pair.key, path, `unknown key ${JSON.stringify(key)}; expected one of ${known.join(", ")}`);
      else if (entries.has(key)) this.fault(pair.key, path, `${JSON.stringify(key)} stands twice`);
      else if (pair.value !== null) entries.set(key, pair.value);
    }
    return entries;
  }

  list(node: Node | null, path: string, expected: string): ReadonlyArray<Node> {
    if (isSeq(node)) return node.items as Node[];
    this.fault(node, path, `expected a list of ${expected}`);
    return [];
  }

  /** A scalar as it was written; null with a fault where it is something else. */
  text(node: Node | null, path: string, expected: string): string | null {
    if (isScalar(node) && typeof node.value === "string") return node.value;
    this.fault(node, path, `expected ${expected}`);
    return null;
  }

  /** A scalar, or a list of scalars. */
  texts(node: Node | null, path: string, expected: string): ReadonlyArray<string> {
    if (!isSeq(node)) {
      const one = this.text(node, path, expected);
      return one === null ? [] : [one];
    }
    return (node.items as Node[]).flatMap((item, index) => this.text(item, `${path}[${index}]`, expected) ?? []);
  }

  /** A scalar that is one of a few words. */
  word<W extends string>(node: Node | null, path: string, words: ReadonlyArray<W>): W | null {
    const expected = `one of ${words.map((one) => (/^\w/u.test(one) ? one : JSON.stringify(one))).join(", ")}`;
    const found = this.text(node, path, expected);
    if (found === null) return null;
    const word = words.find((one) => one === found);
    if (word === undefined) this.fault(node, path, `${JSON.stringify(found)} is not known; expected ${expected}`);
    return word ?? null;
  }
}
