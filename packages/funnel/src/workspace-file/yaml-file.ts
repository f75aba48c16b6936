import { type Either, left, right } from "fp-ts/lib/Either.js";
import { LineCounter, type Node, parseDocument } from "yaml";
import type { WorkspaceFault } from "./workspace-fault.ts";
import { type Fields, type YamlSource, YamlValue } from "./yaml-value.ts";

const sentence = (message: string): string => {
  const firstLine = (message.split("\n")[0] ?? message).replace(/ at line \d+, column \d+:?$/, "");
  return `something else (${firstLine.replace(/[.:]$/, "")})`;
};

export interface YamlFileTerms<A> {
  /** The keys of the top level. */
  readonly known: ReadonlyArray<string>;
  /** Keys that somebody else reads; any other is a fault. */
  readonly tolerated: ReadonlyArray<string>;
  readonly whenEmpty: A;
}

/** Reads a YAML file whose top level is a map. Finds every fault of the file at once, in the order of its lines. */
export const readYamlFile = <A>(
  text: string,
  { known, tolerated, whenEmpty }: YamlFileTerms<A>,
  read: (fields: Fields) => A,
): Either<ReadonlyArray<WorkspaceFault>, A> => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: "1.2" });
  const syntax = document.errors.map((error): WorkspaceFault => {
    const { line, col } = lines.linePos(error.pos[0]);
    const found = sentence(error.message);
    return { line: Math.max(line, 1), column: Math.max(col, 1), path: "", expected: "YAML", found };
  });
  if (syntax.length > 0) return left(syntax);
  const source: YamlSource = { document, lines, faults: [] };
  const root = new YamlValue(source, document.contents as Node | null, "", 0);
  if (root.isEmpty()) return right(whenEmpty);
  const fields = root.fields(known, tolerated);
  if (fields === undefined) return left(source.faults);
  const value = read(fields);
  const faults = source.faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return faults.length > 0 ? left(faults) : right(value);
};
