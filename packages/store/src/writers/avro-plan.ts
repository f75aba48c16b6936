import { type AvroSchema, type FieldSchema, optionalOf, type RecordSchema } from "@leadwire/events";
import type { NativeBlock } from "../native-block.ts";
import type { NativeColumn } from "../native-column.ts";

/** How a field of a record goes into its column. */
export const Move = {
  /** A string, to String. */
  text: 0,
  /** A number, to Int64 or DateTime64. */
  int64: 1,
  nullableInt64: 2,
  int32: 3,
  nullableInt32: 4,
  /** A number or null, to Int32, where `whenNull` stands for null. */
  int32OrElse: 5,
  boolean: 6,
  double: 7,
  /** An enum, to Enum8 by its value there. */
  enumValue: 8,
  /** An enum, to String. */
  enumText: 9,
} as const;

/** One field: all of one shape, so that the loop over them stays fast. */
export interface Step {
  readonly move: number;
  readonly column: NativeColumn;
  readonly whenNull: number;
  /** Of an enum, by the index of its symbol: what the column holds for it. */
  readonly values: Int8Array;
  readonly texts: ReadonlyArray<Buffer>;
}

const plainMoves: Readonly<Record<string, number>> = {
  "string to String": Move.text,
  "long to Int64": Move.int64,
  "int to Int64": Move.int64,
  "long to DateTime64": Move.int64,
  "int to Int32": Move.int32,
  "boolean to UInt8": Move.boolean,
  "double to Float64": Move.double,
  "enum to Enum8": Move.enumValue,
  "enum to String": Move.enumText,
  "long? to Int64?": Move.nullableInt64,
  "long? to DateTime64?": Move.nullableInt64,
  "int? to Int32?": Move.nullableInt32,
  "int? to Int32": Move.int32OrElse,
};

/** A field's type as the table above names it. Null is a union's first branch in the schemas of derived records. */
const avroName = (type: AvroSchema): string => {
  const optional = optionalOf(type);
  if (optional !== undefined) return optional.nullBranch === 0 ? `${avroName(optional.inner)}?` : "null second";
  if (typeof type === "string") return type;
  return "type" in type ? type.type : "union";
};

const columnName = (sentType: string): string => {
  const inner = /^Nullable\((.*)\)$/.exec(sentType)?.[1];
  return inner === undefined ? (/^\w+/.exec(sentType)?.[0] ?? sentType) : `${columnName(inner)}?`;
};

const symbolsOf = (type: AvroSchema): ReadonlyArray<string> =>
  typeof type === "object" && "symbols" in type ? type.symbols : [];

/** What an Enum8 holds for each symbol. No symbol of Avro's is empty: `none` stands for that. */
const enumValues = (symbols: ReadonlyArray<string>, { name, type }: NativeColumn): Int8Array => {
  const values = new Map([...type.matchAll(/'([^']*)' = (\d+)/g)].map(([, text, value]) => [text, Number(value)]));
  return Int8Array.from(symbols, (symbol) => {
    const value = values.get(symbol) ?? (symbol === "none" ? values.get("") : undefined);
    if (value === undefined) throw new Error(`column ${name} has no value for the schema's symbol ${symbol}`);
    return value;
  });
};

const stepOf = ({ name, type }: FieldSchema, column: NativeColumn, whenNull: number | undefined): Step => {
  const move = plainMoves[`${avroName(type)} to ${columnName(column.sentType)}`];
  if (move === undefined || (move === Move.int32OrElse && whenNull === undefined)) {
    throw new Error(`field ${name} of type ${JSON.stringify(type)} does not fit its column of type ${column.type}`);
  }
  const symbols = symbolsOf(type);
  return {
    move,
    column,
    whenNull: whenNull ?? 0,
    values: move === Move.enumValue ? enumValues(symbols, column) : new Int8Array(),
    texts: symbols.map((symbol) => Buffer.from(symbol)),
  };
};

/**
 * How records of a schema become rows: each field goes to the column of its name. Throws unless fields and columns are
 * the same, so that neither can change without the other.
 *
 * @param whenNull what stands for null in a column that takes none
 */
export const avroPlan = (
  schema: RecordSchema,
  block: NativeBlock,
  whenNull: Readonly<Record<string, number>> = {},
): ReadonlyArray<Step> => {
  const names = new Set(schema.fields.map(({ name }) => name));
  const lacking = block.columns.filter(({ name }) => !names.has(name));
  if (lacking.length > 0) {
    throw new Error(`${schema.name} has no field for the columns ${lacking.map(({ name }) => name).join(", ")}`);
  }
  return schema.fields.map((field) => stepOf(field, block.column(field.name), whenNull[field.name]));
};
