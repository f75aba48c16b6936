/** A JSON Schema (draft 2020-12, as OpenAPI 3.1 takes it). */
export type Schema = Readonly<Record<string, unknown>>;

type Properties = Readonly<Record<string, Schema>>;

/** Objects may gain keys with time: clients pass over those that they do not know. */
export const object = (required: Properties, optional: Properties = {}, about: Schema = {}): Schema => ({
  type: "object",
  ...about,
  properties: { ...required, ...optional },
  ...(Object.keys(required).length === 0 ? {} : { required: Object.keys(required) }),
});

export const said = (schema: Schema, description: string): Schema => ({ ...schema, description });

export const text: Schema = { type: "string" };
export const textOrNull: Schema = { type: ["string", "null"] };
export const instant: Schema = { type: "string", format: "date-time" };
export const instantOrNull: Schema = { type: ["string", "null"], format: "date-time" };
export const number: Schema = { type: "number" };
export const numberOrNull: Schema = { type: ["number", "null"] };
export const integer: Schema = { type: "integer" };
export const epochMs: Schema = { type: "integer", description: "Epoch milliseconds." };
export const epochMsOrNull: Schema = { type: ["integer", "null"], description: "Epoch milliseconds." };
export const flag: Schema = { type: "boolean" };
export const anything: Schema = {};

export const oneOf = (...values: ReadonlyArray<string>): Schema => ({ type: "string", enum: values });
export const constant = (value: string): Schema => ({ type: "string", const: value });
export const listOf = (items: Schema): Schema => ({ type: "array", items });
export const mapOf = (values: Schema): Schema => ({ type: "object", additionalProperties: values });
export const anyOf = (...schemas: ReadonlyArray<Schema>): Schema => ({ anyOf: schemas });

/** One of several objects, told apart by the value of a key. */
export const taggedBy = (key: string, ...schemas: ReadonlyArray<Schema>): Schema => ({
  oneOf: schemas,
  description: `Told apart by \`${key}\`.`,
});

/** Exactly these, one after another. */
export const tuple = (...items: ReadonlyArray<Schema>): Schema => ({
  type: "array",
  prefixItems: items,
  minItems: items.length,
  maxItems: items.length,
});

/** A schema of `components`. */
export const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
