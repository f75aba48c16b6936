import { type AvroSchema, currentSchemas, type EventType, eventTypes, optionalOf } from "@leadwire/events";
import { eventPayloadColumns } from "./event-tables.ts";
import { type Column, column, type View } from "./table.ts";

/** What every event has; only events that count are shown, so none is voided. */
const headNames: ReadonlySet<string> = new Set(["event_id", "source_system", "occurred_at", "revision", "voided"]);

const time = "DateTime64(3, 'UTC')";
const first: ReadonlyArray<Column> = [
  column("occurred_at", time, "When it happened, by the source's own account (UTC)"),
];
const last: ReadonlyArray<Column> = [
  column("source_system", "LowCardinality(String)", "The system that produced it"),
  column("event_id", "String", "The producer's id of the event, unique within its source system"),
  column("revision", "Int64", "The highest revision of an event counts: this one"),
  column("append_time", time, "When the log took it in (UTC)"),
];

const lineType = "Array(Tuple(product String, quantity Float64, amount_minor Int64, cost_minor Nullable(Int64)))";
const lines = "arrayZip(`lines.product`, `lines.quantity`, `lines.amount_minor`, `lines.cost_minor`)";

/** A target's value has a column name that says what it is. */
const columnNames: Readonly<Record<string, string>> = { value: "target_value" };

const isLines = (type: AvroSchema): boolean => typeof type === "object" && "items" in type;
const isEnum = (type: AvroSchema): boolean => typeof type === "object" && "symbols" in type;
const symbolsOf = (type: AvroSchema): string =>
  typeof type === "object" && "symbols" in type ? `: ${type.symbols.join(", ")}` : "";

interface Shown {
  readonly column: Column;
  readonly expression: string;
}

const withoutNull = (type: string): string => type.replace(/^Nullable\((.*)\)$/u, "$1");
const sentence = (doc: string): string => doc.replace(/\.$/u, "");

/** A field of an event as it is shown; undefined of one that has no column, such as a sealed contact. */
const shownOf = (name: string, schema: AvroSchema, doc: string): Shown | undefined => {
  const optional = optionalOf(schema);
  const type = optional?.inner ?? schema;
  if (isLines(type)) return { column: column(name, lineType, sentence(doc)), expression: lines };
  const stored = eventPayloadColumns.find((each) => each.name === (columnNames[name] ?? name));
  if (stored === undefined) return undefined;
  const plain =
    withoutNull(stored.type) === "String" && isEnum(type) ? "LowCardinality(String)" : withoutNull(stored.type);
  const isNullable = optional !== undefined;
  const shownType = !isNullable
    ? plain
    : plain.startsWith("LowCardinality(")
      ? "LowCardinality(Nullable(String))"
      : `Nullable(${plain})`;
  return {
    column: column(stored.name, shownType, `${sentence(doc)}${symbolsOf(type)}`),
    // What the schema requires is in every event of the type.
    expression: isNullable ? stored.name : `assumeNotNull(${stored.name})`,
  };
};

const eventView = (type: EventType): View => {
  const schema = currentSchemas[type];
  const fields = schema.fields
    .filter(({ name }) => !headNames.has(name))
    .flatMap(({ name, type: field, doc = "" }) => shownOf(name, field, doc) ?? []);
  const selected = [
    ...first.map(({ name }) => name),
    ...fields.map(({ column: { name, type }, expression }) => `CAST(${expression}, '${type}') AS ${name}`),
    ...last.map(({ name }) => name),
  ];
  return {
    name: `event_${type.replaceAll("-", "_")}`,
    comment: `${sentence(schema.doc ?? "")}: the events of the type ${type} that count`,
    columns: [...first, ...fields.map((field) => field.column), ...last],
    select: `SELECT ${selected.join(", ")}\nFROM leadwire.events WHERE type = '${type}'`,
  };
};

/** One view for each type of event, with its own fields and no others, null only where the schema has them optional. */
export const eventTypeViews: ReadonlyArray<View> = eventTypes.map(eventView);
