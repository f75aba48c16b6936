import { type AvroSchema, type EnumSchema, type FieldSchema, optionalOf, type RecordSchema } from "./avro-schema.ts";
import { eventTypes } from "./event.ts";
import { Num, numCount, Slot, Small, type SmallName, slotCount, smallCount } from "./flat-event.ts";
import type { WriterSchema } from "./schema-registry.ts";
import {
  activityKinds,
  closeOutcomes,
  directions,
  spendCategories,
  subscriptionReasons,
  surveyKinds,
} from "./vocabulary.ts";

/**
 * How to walk a record written with one schema: four integers per field (operation, place, and two arguments),
 * compiled once per schema. Fields that this version does not know are walked over.
 */

export const Op = { text: 0, bytes: 1, long: 2, int: 3, double: 4, float: 5, boolean: 6, enum: 7 } as const;
/** Added to an operation: a union with null, and whether null is its second branch. */
export const optionalFlag = 16;
export const nullSecondFlag = 32;
export const opWidth = 4;

export interface FlatPlan {
  /** Index in `eventTypes`. */
  readonly type: number;
  /** The fields before a deal's lines (empty where there are none), and all the others. */
  readonly beforeLines: Int32Array;
  readonly ops: Int32Array;
  /** For enums: the reader's index of each of the writer's symbols, -1 where unknown. */
  readonly symbols: Int32Array;
  readonly lineOps: Int32Array | null;
}

/** Places of a deal line's fields. */
export const Line = { product: 0, quantity: 0, amountMinor: 1, costMinor: 2 } as const;

interface Places {
  readonly text: Readonly<Record<string, number>>;
  readonly number: Readonly<Record<string, number>>;
  /** Where a field goes that nobody asks for. */
  readonly spareText: number;
  readonly spareNumber: number;
}

const eventPlaces: Places = { text: Slot, number: Num, spareText: slotCount, spareNumber: numCount };
const linePlaces: Places = {
  text: { product: Line.product },
  number: { quantity: Line.quantity, amountMinor: Line.amountMinor, costMinor: Line.costMinor },
  spareText: 1,
  spareNumber: 3,
};

const enums: Readonly<Record<string, { readonly place: SmallName; readonly symbols: ReadonlyArray<string> }>> = {
  ActivityKind: { place: "activityKind", symbols: activityKinds },
  ActivityDirection: { place: "direction", symbols: directions },
  CloseOutcome: { place: "outcome", symbols: closeOutcomes },
  SpendCategory: { place: "category", symbols: spendCategories },
  SubscriptionReason: { place: "subscriptionReason", symbols: subscriptionReasons },
  SurveyKind: { place: "surveyKind", symbols: surveyKinds },
};
const flags: Readonly<Record<string, number>> = { voided: Small.voided, automated: Small.automated };

const camelCase = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

const numberOps: Readonly<Record<string, number>> = {
  long: Op.long,
  int: Op.int,
  double: Op.double,
  float: Op.float,
};

class PlanWriter {
  readonly symbols: number[] = [];

  fields(fields: ReadonlyArray<FieldSchema>, places: Places): Int32Array {
    return Int32Array.from(fields.flatMap((field) => this.field(camelCase(field.name), field.type, places)));
  }

  private field(name: string, type: AvroSchema, places: Places): number[] {
    const optional = optionalOf(type);
    if (optional === undefined) return this.value(name, type, places);
    const [op = 0, ...rest] = this.value(name, optional.inner, places);
    return [op + optionalFlag + (optional.nullBranch === 1 ? nullSecondFlag : 0), ...rest];
  }

  private value(name: string, type: AvroSchema, places: Places): number[] {
    if (typeof type === "string") return this.primitive(name, type, places);
    if ("symbols" in type) return this.enumeration(type);
    if ("logicalType" in type) return this.primitive(name, type.type, places);
    throw new Error(`The flat decoder cannot walk field ${name} of type ${JSON.stringify(type)}.`);
  }

  private primitive(name: string, type: string, places: Places): number[] {
    if (type === "string") return [Op.text, places.text[name] ?? places.spareText, 0, 0];
    if (type === "bytes") return [Op.bytes, places.text[name] ?? places.spareText, 0, 0];
    if (type === "boolean") return [Op.boolean, flags[name] ?? smallCount, 0, 0];
    const op = numberOps[type];
    if (op === undefined) throw new Error(`The flat decoder cannot walk field ${name} of type ${type}.`);
    return [op, places.number[name] ?? places.spareNumber, 0, 0];
  }

  private enumeration(type: EnumSchema): number[] {
    const known = enums[type.name];
    const offset = this.symbols.length;
    this.symbols.push(...type.symbols.map((symbol) => (known === undefined ? 0 : known.symbols.indexOf(symbol))));
    return [Op.enum, known === undefined ? smallCount : Small[known.place], offset, type.symbols.length];
  }
}

const lineSchema = (type: AvroSchema | undefined): RecordSchema => {
  if (typeof type === "object" && "items" in type && typeof type.items === "object" && "fields" in type.items)
    return type.items;
  throw new Error(`The flat decoder expects lines to be an array of records, not ${JSON.stringify(type)}.`);
};

/** The plan for a writer's schema, or null where the schema is not an event's. */
export const flatPlan = (writer: WriterSchema): FlatPlan | null => {
  const names: ReadonlyArray<string> = eventTypes;
  const type = names.indexOf(writer.name);
  if (type < 0) return null;
  const plan = new PlanWriter();
  const fields = writer.schema.fields;
  const linesAt = fields.findIndex((field) => field.name === "lines");
  const lines = linesAt < 0 ? undefined : lineSchema(fields[linesAt]?.type);
  const beforeLines = plan.fields(fields.slice(0, Math.max(linesAt, 0)), eventPlaces);
  const ops = plan.fields(fields.slice(linesAt + 1), eventPlaces);
  const lineOps = lines === undefined ? null : plan.fields(lines.fields, linePlaces);
  return { type, beforeLines, ops, symbols: Int32Array.from(plan.symbols), lineOps };
};
