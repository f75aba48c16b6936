import { type Dimension, dimensions } from "@leadwire/funnel";
import type { Reader } from "../../reader.ts";
import { generationDatabase, logDatabase, viewDatabase } from "../database.ts";
import { eventPayloadColumns, eventsLatestTable, eventsTable } from "../event-tables.ts";
import { factHistoryTable, factsLatestTable } from "../fact-tables.ts";
import { textLiteral } from "./text-literal.ts";

/** Which rows of a table a reader sees: a row policy. */
export interface RowFilter {
  readonly database: string;
  readonly table: string;
  /** An expression over the table's columns. */
  readonly condition: string;
}

/** The tables of a generation that a filtered reader has rows of. */
export const filteredFactTables: ReadonlyArray<string> = [factHistoryTable.name, factsLatestTable.name];
export const filteredEventTables: ReadonlyArray<string> = [eventsTable.name, eventsLatestTable.name];

type Allowed = ReadonlyArray<readonly [dimension: Dimension, list: string]>;

const isDimension = (name: string): name is Dimension => dimensions.some((each) => each === name);

/** Each dimension once, with the list of its values. */
const allowedOf = ({ id, where }: Reader): Allowed => {
  const values = new Map<Dimension, string[]>();
  for (const [name, value] of where) {
    if (!isDimension(name)) {
      throw new Error(`reader "${id}": there is no dimension "${name}", expected one of ${dimensions.join(", ")}`);
    }
    values.set(name, [...(values.get(name) ?? []), textLiteral(value)]);
  }
  return [...values].map(([dimension, literals]) => [dimension, `(${literals.join(", ")})`]);
};

const factCondition = (allowed: Allowed): string => allowed.map(([name, list]) => `${name} IN ${list}`).join(" AND ");

/** A fact's id begins with its event's source system and id; kind and ordinal have no slash in them. */
const birth = "arrayStringConcat(arrayPopBack(arrayPopBack(splitByChar('/', fact_id))), '/')";

/** Facts as the reader sees them: the view runs with the reader's rights, and follows the generation that is served. */
const causes = `SELECT sipHash64(arrayJoin([concat(cause_source, '/', cause_event_id), ${birth}])) FROM ${viewDatabase}.facts`;

const statedColumns: ReadonlySet<string> = new Set(eventPayloadColumns.map(({ name }) => name));

const statedCondition = ([name, list]: Allowed[number]): ReadonlyArray<string> => [
  ...(statedColumns.has(name) ? [`(isNull(${name}) OR ${name} IN ${list})`] : []),
  // A deal's lines say which products were sold for how much.
  ...(name === "product" ? [`arrayAll(each -> each IN ${list}, lines.product)`] : []),
];

/**
 * An event has no dimensions of its own, but what it states: a reader sees those that a fact they see was born or caused
 * of, unless the event states something else.
 */
const eventCondition = (allowed: Allowed): string =>
  [...allowed.flatMap(statedCondition), `sipHash64(concat(source_system, '/', event_id)) IN (${causes})`].join(" AND ");

/** The row policies of a filtered reader over the generations that exist; none for one who sees all rows. */
export const rowFilters = (reader: Reader, generations: ReadonlyArray<string>): ReadonlyArray<RowFilter> => {
  if (reader.where.length === 0) return [];
  const allowed = allowedOf(reader);
  const facts = factCondition(allowed);
  const events = eventCondition(allowed);
  return [
    ...generations.flatMap((generation) =>
      filteredFactTables.map((table) => ({ database: generationDatabase(generation), table, condition: facts })),
    ),
    ...filteredEventTables.map((table) => ({ database: logDatabase, table, condition: events })),
  ].flatMap((filter) => [filter, { ...filter, table: `${filter.table}_local` }]);
};
