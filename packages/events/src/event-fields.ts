import { type AvroSchema, type FieldSchema, optionalOf, type RecordSchema } from "./avro-schema.ts";
import { byType } from "./by-type.ts";
import type { EventType } from "./event.ts";
import {
  amountRule,
  currencyRule,
  dayRule,
  finiteRule,
  flagRule,
  instantRule,
  keyBytesMax,
  periodRule,
  quantityRule,
  type Rule,
  revisionRule,
  scopeRule,
  symbolRule,
  targetRule,
  termRule,
  textBytesMax,
  textRule,
} from "./event-rules.ts";
import { currentSchemas } from "./schema/published.ts";

/** How a field's value looks outside Avro. */
export type FieldForm = "text" | "number" | "flag" | "instant" | "day" | "bytes" | "lines";

/** A field of an event as its schema describes it, with the rule for its value. */
export interface EventField {
  readonly name: string;
  readonly form: FieldForm;
  /** A record without it is refused. */
  readonly required: boolean;
  /** What stands for it where it is absent and has a default other than null. */
  readonly fallback: unknown;
  /** Undefined for bytes and lines. */
  readonly rule: Rule | undefined;
  /** The fields of one line. */
  readonly lineFields: ReadonlyArray<EventField>;
}

const namedRules: Readonly<Record<string, Rule>> = {
  revision: revisionRule,
  currency: currencyRule,
  scope: scopeRule,
  period: periodRule,
  term_months: termRule,
  quantity: quantityRule,
  value: targetRule,
  // Prose rather than an id or a dimension.
  reason: textRule(textBytesMax),
  changed_by: textRule(textBytesMax),
  request_id: textRule(textBytesMax),
};

const keyText = textRule(keyBytesMax);

const lineRecord = (type: AvroSchema): RecordSchema | undefined =>
  typeof type === "object" && "items" in type && typeof type.items === "object" && "fields" in type.items
    ? type.items
    : undefined;

const formAndRule = (name: string, type: AvroSchema, inLine: boolean): readonly [FieldForm, Rule | undefined] => {
  if (typeof type === "object" && "symbols" in type) return ["text", symbolRule(type.symbols)];
  if (typeof type === "object" && "logicalType" in type)
    return type.logicalType === "date" ? ["day", dayRule] : ["instant", instantRule];
  if (lineRecord(type) !== undefined) return ["lines", undefined];
  if (type === "bytes") return ["bytes", undefined];
  if (type === "boolean") return ["flag", flagRule];
  if (name.endsWith("_minor")) return ["number", amountRule(inLine && name === "amount_minor")];
  if (type === "string") return ["text", namedRules[name] ?? keyText];
  return ["number", namedRules[name] ?? finiteRule];
};

const eventField = (field: FieldSchema, inLine: boolean): EventField => {
  const optional = optionalOf(field.type);
  const type = optional?.inner ?? field.type;
  const [form, rule] = formAndRule(field.name, type, inLine);
  return {
    name: field.name,
    form,
    required: optional === undefined && field.default === undefined,
    fallback: field.default ?? undefined,
    rule,
    lineFields: (lineRecord(type)?.fields ?? []).map((inner) => eventField(inner, true)),
  };
};

/** The fields of each event type, in the order of its schema. */
export const eventFields: Readonly<Record<EventType, ReadonlyArray<EventField>>> = byType((type) =>
  currentSchemas[type].fields.map((field) => eventField(field, false)),
);
