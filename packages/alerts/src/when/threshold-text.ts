import type { Dimension } from "@leadwire/funnel";
import {
  type Catalogue,
  checkQuestion,
  comparisons,
  dimensionNamed,
  findStatistic,
  type NamedStatistic,
  parseWindow,
  type WindowSpec,
} from "@leadwire/kpis";
import { isLeft } from "fp-ts/lib/Either.js";
import type { Comparator, Level, ThresholdCondition } from "../rule/rule.ts";
import { didYouMean } from "./did-you-mean.ts";
import { type LevelSubject, readLevel } from "./level-text.ts";
import type { WhenReader } from "./when-reader.ts";

/** What the words of rules are held against. */
export interface WhenContext {
  readonly catalogue: Catalogue;
  /** The workspace's, which all money is told in. */
  readonly currency: string;
}

const windowForms = "a window that moves with time: 1h 24h 7d 30d 90d 365d, day week month quarter year, or all";
const comparators: ReadonlyArray<Comparator> = ["<=", ">=", "<", ">"];

/** A statistic under the name that the rule gave it. */
type Subject = NamedStatistic & { readonly name: string };

const readNamed = (reader: WhenReader, { catalogue }: WhenContext): Subject | undefined => {
  const token = reader.peek();
  if (token.kind !== "word")
    return reader.refuse("a metric such as win_rate, or lead, deal, source, lag or quarantine");
  const named = findStatistic(catalogue, token.text);
  if (!isLeft(named)) {
    reader.take();
    return { ...named.right, name: token.text };
  }
  const [id = ""] = token.text.split(".");
  const metric = catalogue.metrics.get(id);
  if (metric === undefined) {
    const words = ["lead", "deal", "source", "lag", "quarantine"];
    const known = [...catalogue.metrics.keys(), ...words];
    const hint = didYouMean(id, known) ?? "npx leadwire kpi --list shows every metric.";
    return reader.refuse("a metric such as win_rate, or lead, deal, source, lag or quarantine", hint);
  }
  const names = [...metric.statistics.keys()].map((name) => (name === "" ? id : `${id}.${name}`));
  return reader.refuse(`one of ${names.join(", ")}`);
};

const readWindow = (reader: WhenReader): readonly [string, WindowSpec] | undefined => {
  const { kind, text } = reader.peek();
  const window = kind === "word" ? parseWindow(text) : undefined;
  if (window === undefined || isLeft(window)) return reader.refuse(windowForms);
  const { _tag } = window.right;
  if (_tag === "Period" || _tag === "Range") return reader.refuse(windowForms, "A period that is fixed never changes.");
  reader.take();
  return [text, window.right];
};

interface Named {
  readonly name: string;
  readonly dimension: Dimension;
}

const readDimension = (reader: WhenReader, named: Subject): Named | undefined => {
  const { kind, text } = reader.peek();
  const has = named.statistic.dimensions.flatMap((known) => (known === "owner" ? ["rep", "owner"] : [known]));
  const dimension = kind === "word" ? dimensionNamed(text) : undefined;
  if (dimension === undefined || !named.statistic.dimensions.includes(dimension)) {
    if (has.length === 0) return reader.refuse(`no dimension, as ${named.name} is of the company alone`);
    return reader.refuse(`a dimension of ${named.name}: ${has.join(", ")}`, didYouMean(text, has));
  }
  reader.take();
  return { name: text, dimension };
};

const readBy = (reader: WhenReader, named: Subject): ReadonlyArray<Named> | undefined => {
  const found: Named[] = [];
  if (!reader.takeWords("by") || reader.takeWords("company")) return found;
  do {
    const at = reader.peek();
    const entry = readDimension(reader, named);
    if (entry === undefined) return undefined;
    if (found.some(({ dimension }) => dimension === entry.dimension)) return reader.refuseAt(at, "each dimension once");
    found.push(entry);
  } while (reader.takeSign(",") !== undefined);
  return found;
};

/** `where team=north and channel="paid search"`; `readKey` reads what stands before each `=`. */
export const readWhere = <Key>(
  reader: WhenReader,
  readKey: () => Key | undefined,
  isSame: (one: Key, other: Key) => boolean,
): ReadonlyArray<readonly [Key, string]> | undefined => {
  const found: Array<readonly [Key, string]> = [];
  if (!reader.takeWords("where")) return found;
  do {
    const at = reader.peek();
    const key = readKey();
    if (key === undefined) return undefined;
    if (found.some(([known]) => isSame(known, key))) return reader.refuseAt(at, "each dimension once");
    if (reader.takeSign("=") === undefined) return reader.refuse(`"=" and a value, such as team=north`);
    const value = reader.name("a value, in double quotes where it is more than a word");
    if (value === undefined) return undefined;
    found.push([key, value]);
  } while (reader.takeWords("and") || reader.takeSign(",") !== undefined);
  return found;
};

const readComparator = (reader: WhenReader): Comparator | undefined => {
  const sign = reader.takeSign(...comparators);
  return comparators.find((known) => known === sign) ?? reader.refuse("<, <=, > or >=");
};

/** `METRIC WINDOW [by DIM, …] [where DIM=VALUE and …] < LEVEL`. Without `resolve` and `minimum`, which have lines of their own. */
export const readThreshold = (reader: WhenReader, context: WhenContext): ThresholdCondition | undefined => {
  const named = readNamed(reader, context);
  const window = named === undefined ? undefined : readWindow(reader);
  if (named === undefined || window === undefined) return undefined;
  const [text, spec] = window;
  const by = readBy(reader, named);
  if (by === undefined) return undefined;
  const isSame = (one: Named, other: Named): boolean => one.dimension === other.dimension;
  const where = readWhere(reader, () => readDimension(reader, named), isSame);
  const comparator = where === undefined ? undefined : readComparator(reader);
  if (where === undefined || comparator === undefined) return undefined;
  const { currency } = context;
  const dims = by.map(({ dimension }) => dimension);
  const level = readLevel(reader, { named, window: spec, by: dims, isFiltered: where.length > 0, currency });
  if (level === undefined || reader.end() === undefined) return undefined;
  const written = {
    by: by.map(({ name }) => name),
    where: where.map(([{ name }, value]) => [name, value] as const),
  };
  return { ...conditionOf(named, text, written, level, context), comparator };
};

const conditionOf = (
  named: Subject,
  window: string,
  { by, where }: Pick<ThresholdCondition, "by" | "where">,
  level: Level,
  { catalogue }: WhenContext,
): Omit<ThresholdCondition, "comparator"> => {
  const compare = level._tag === "Relative" ? comparisons.find((known) => known === level.to) : undefined;
  const question = checkQuestion(
    { metric: named.name, window, atMs: 0, by, where, ...(compare === undefined ? {} : { compare }) },
    catalogue,
  );
  if (isLeft(question)) throw new Error(`a question that was read part by part is refused: ${question.left.message}`);
  return {
    _tag: "Threshold",
    question: question.right,
    window,
    by,
    where,
    level,
    resolveLevel: level,
    minimumCount: 0,
  };
};

/** What levels of a condition are levels of. */
export const levelSubjectOf = ({ question }: ThresholdCondition, currency: string): LevelSubject => ({
  named: question,
  window: question.window,
  by: question.by.map(({ dimension }) => dimension),
  isFiltered: question.where.length > 0,
  currency,
});
