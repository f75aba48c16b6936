/** The part of Avro's schema language that the contract uses, as data, and its Parsing Canonical Form. */

export interface EnumSchema {
  readonly type: "enum";
  readonly name: string;
  readonly namespace?: string;
  readonly doc?: string;
  readonly symbols: ReadonlyArray<string>;
  readonly default?: string;
}

export interface ArraySchema {
  readonly type: "array";
  readonly items: AvroSchema;
}

/** From texts. */
export interface MapSchema {
  readonly type: "map";
  readonly values: AvroSchema;
}

export interface LogicalSchema {
  readonly type: "int" | "long";
  readonly logicalType: "date" | "timestamp-millis";
}

export interface FieldSchema {
  readonly name: string;
  readonly type: AvroSchema;
  readonly doc?: string;
  readonly default?: unknown;
}

export interface RecordSchema {
  readonly type: "record";
  readonly name: string;
  readonly namespace?: string;
  readonly doc?: string;
  readonly fields: ReadonlyArray<FieldSchema>;
}

export type AvroSchema =
  | string
  | EnumSchema
  | ArraySchema
  | MapSchema
  | LogicalSchema
  | RecordSchema
  | ReadonlyArray<AvroSchema>;

const fullName = (name: string, namespace: string | undefined): string =>
  name.includes(".") || namespace === undefined ? name : `${namespace}.${name}`;

/**
 * Avro's Parsing Canonical Form: what decides how bytes are read, without docs, defaults and logical types.
 * https://avro.apache.org/docs/1.12.0/specification/#parsing-canonical-form-for-schemas
 */
export const canonicalForm = (schema: AvroSchema, namespace?: string): string => {
  if (typeof schema === "string") return JSON.stringify(schema);
  if ("symbols" in schema) {
    const name = fullName(schema.name, schema.namespace ?? namespace);
    return `{"name":${JSON.stringify(name)},"type":"enum","symbols":${JSON.stringify(schema.symbols)}}`;
  }
  if ("fields" in schema) {
    const name = fullName(schema.name, schema.namespace ?? namespace);
    const inner = name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : undefined;
    const fields = schema.fields.map(
      (field) => `{"name":${JSON.stringify(field.name)},"type":${canonicalForm(field.type, inner)}}`,
    );
    return `{"name":${JSON.stringify(name)},"type":"record","fields":[${fields.join(",")}]}`;
  }
  if ("items" in schema) return `{"type":"array","items":${canonicalForm(schema.items, namespace)}}`;
  if ("type" in schema && schema.type === "map")
    return `{"type":"map","values":${canonicalForm(schema.values, namespace)}}`;
  if ("logicalType" in schema) return JSON.stringify(schema.type);
  return `[${schema.map((branch) => canonicalForm(branch, namespace)).join(",")}]`;
};

/** The type inside a union of null and one other; undefined for anything else. */
export const optionalOf = (
  schema: AvroSchema,
): { readonly inner: AvroSchema; readonly nullBranch: 0 | 1 } | undefined => {
  if (!Array.isArray(schema) || schema.length !== 2) return undefined;
  const branches: ReadonlyArray<AvroSchema> = schema;
  const [first, second] = branches;
  if (first === "null" && second !== undefined) return { inner: second, nullBranch: 0 };
  if (second === "null" && first !== undefined) return { inner: first, nullBranch: 1 };
  return undefined;
};
