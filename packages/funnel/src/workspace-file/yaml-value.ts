import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from "yaml";
import type { WorkspaceFault } from "./workspace-fault.ts";

/** What the values of one file share: its document, and the faults found so far. */
export interface YamlSource {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly faults: WorkspaceFault[];
}

const shown = (text: string): string => {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return JSON.stringify(line.length > 60 ? `${line.slice(0, 57)}...` : line);
};

/**
 * One value of a YAML file with its place. Every reader returns undefined after noting a fault, so that one reading
 * finds all of them.
 */
export class YamlValue {
  readonly path: string;
  readonly #source: YamlSource;
  readonly #node: Node | null;
  readonly #offset: number;

  constructor(source: YamlSource, node: Node | null, path: string, offset: number) {
    this.#source = source;
    this.#node = isAlias(node) ? (node.resolve(source.document) ?? null) : node;
    this.#offset = node?.range?.[0] ?? offset;
    this.path = path;
  }

  /** Whether nothing is written, or only `null` or `~`. */
  isEmpty(): boolean {
    return this.#node === null || (isScalar(this.#node) && this.#node.value === null);
  }

  /** The line that the value begins in, from 1. */
  get line(): number {
    return this.#source.lines.linePos(this.#offset).line;
  }

  isList(): boolean {
    return isSeq(this.#node);
  }

  isMap(): boolean {
    return isMap(this.#node);
  }

  refuse(expected: string, found: string = this.#found(), hint?: string): undefined {
    return this.#refuseAt(this.#offset, expected, found, hint);
  }

  /** Refuses what stands at an index of a scalar's text, as `text` gives it; where it is folded, its beginning. */
  refuseWithin(index: number, expected: string, found: string, hint?: string): undefined {
    return this.#refuseAt(this.#offset + this.#shift(index), expected, found, hint);
  }

  /** The fields of a map; a key that is not among `known` is a fault, unless `tolerated`. */
  fields(known: ReadonlyArray<string>, tolerated: ReadonlyArray<string> = []): Fields | undefined {
    if (!isMap(this.#node)) return this.refuse(`a map of ${known.join(", ")}`);
    const byKey = new Map<string, YamlValue>();
    for (const pair of this.#node.items) {
      const [key, value] = this.#pair(pair);
      if (known.includes(key)) byKey.set(key, value);
      else if (!tolerated.includes(key)) value.#refuseKey(`one of ${[...known, ...tolerated].join(", ")}`, key, pair);
    }
    return new Fields(this, byKey);
  }

  /** The entries of a map whose keys are free. */
  entries(expected: string): ReadonlyArray<readonly [string, YamlValue]> | undefined {
    if (!isMap(this.#node)) return this.refuse(expected);
    return this.#node.items.map((pair) => this.#pair(pair));
  }

  items(expected: string): ReadonlyArray<YamlValue> | undefined {
    if (!isSeq(this.#node)) return this.refuse(expected);
    return this.#node.items.map(
      (item, index) => new YamlValue(this.#source, item as Node | null, `${this.path}[${index}]`, this.#offset),
    );
  }

  /** A scalar as it is written, without surrounding quotes: `1.0842`, `09:00-17:00`. */
  text(expected: string): string | undefined {
    if (!isScalar(this.#node) || this.#node.value === null) return this.refuse(expected);
    const { value } = this.#node;
    const text = typeof value === "string" ? value.trim() : (this.#node.source ?? String(value));
    return text === "" ? this.refuse(expected) : text;
  }

  /** Reads a scalar's text; `parse` returns undefined where it does not fit. */
  parsed<A>(expected: string, parse: (text: string) => A | undefined): A | undefined {
    const text = this.text(expected);
    if (text === undefined) return undefined;
    const value = parse(text);
    return value === undefined ? this.refuse(expected) : value;
  }

  /** A number as YAML reads it; `fits` says which ones will do. */
  number(expected: string, fits: (value: number) => boolean): number | undefined {
    const value = isScalar(this.#node) ? this.#node.value : undefined;
    return typeof value === "number" && fits(value) ? value : this.refuse(expected);
  }

  flag(): boolean | undefined {
    const value = isScalar(this.#node) ? this.#node.value : undefined;
    return typeof value === "boolean" ? value : this.refuse("true or false");
  }

  #refuseAt(offset: number, expected: string, found: string, hint: string | undefined): undefined {
    const { line, col } = this.#source.lines.linePos(offset);
    const fault = { line, column: col, path: this.path, expected, found };
    this.#source.faults.push(hint === undefined ? fault : { ...fault, hint });
    return undefined;
  }

  /** How far an index of the text lies behind the scalar's first character; 0 where the two do not correspond. */
  #shift(index: number): number {
    const node = this.#node;
    if (!isScalar(node) || typeof node.value !== "string" || node.range == null) return 0;
    const [start, end] = node.range;
    const quote = node.type === "PLAIN" ? 0 : 1;
    if (end - start !== node.value.length + 2 * quote) return 0;
    return quote + (node.value.length - node.value.trimStart().length) + index;
  }

  #pair(pair: Pair): readonly [string, YamlValue] {
    const keyNode = pair.key as Node;
    const key = isScalar(keyNode) ? String(keyNode.value) : String(keyNode);
    const path = this.path === "" ? key : `${this.path}.${key}`;
    return [key, new YamlValue(this.#source, pair.value as Node | null, path, keyNode.range?.[0] ?? this.#offset)];
  }

  #refuseKey(expected: string, key: string, pair: Pair): void {
    const offset = (pair.key as Node).range?.[0] ?? this.#offset;
    const { line, col } = this.#source.lines.linePos(offset);
    this.#source.faults.push({ line, column: col, path: this.path, expected, found: `the unknown key ${shown(key)}` });
  }

  #found(): string {
    if (this.isEmpty()) return "nothing";
    if (isMap(this.#node)) return "a map";
    if (isSeq(this.#node)) return "a list";
    if (isScalar(this.#node)) return shown(this.#node.source ?? String(this.#node.value));
    return "something else";
  }
}

/** The fields of a map that was read with a list of known keys. */
export class Fields {
  readonly #owner: YamlValue;
  readonly #byKey: ReadonlyMap<string, YamlValue>;

  constructor(owner: YamlValue, byKey: ReadonlyMap<string, YamlValue>) {
    this.#owner = owner;
    this.#byKey = byKey;
  }

  /** Undefined where the key is missing or has no value. */
  optional<A>(key: string, read: (value: YamlValue) => A | undefined): A | undefined {
    const value = this.#byKey.get(key);
    return value === undefined || value.isEmpty() ? undefined : read(value);
  }

  required<A>(key: string, read: (value: YamlValue) => A | undefined): A | undefined {
    const value = this.#byKey.get(key);
    if (value !== undefined) return read(value);
    return this.#owner.refuse(`the key ${key}`, "none");
  }

  /** The value read, or `fallback` where the key is missing; a fault gives the fallback too (it has been noted). */
  or<A>(key: string, fallback: A, read: (value: YamlValue) => A | undefined): A {
    return this.optional(key, read) ?? fallback;
  }
}
