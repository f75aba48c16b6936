import {
  type AvroSchema,
  activityKinds,
  closeOutcomes,
  currentSchemas,
  directions,
  type EventType,
  eventTypes,
  Num,
  optionalOf,
  Slot,
  Small,
  spendCategories,
  subscriptionReasons,
  surveyKinds,
} from "@leadwire/events";
import type { NativeBlock } from "../native-block.ts";
import type { NativeColumn } from "../native-column.ts";

/** What a field of an event is in its FlatEvent, and so in its column. */
export const Form = { text: 0, integer: 1, day: 2, double: 3, flag: 4, symbol: 5, lines: 6 } as const;

/** One field of one event type. */
export interface EventStep {
  readonly form: number;
  /** Where its value stands in the FlatEvent: among the slots, the numbers or the small integers. */
  readonly place: number;
  /** Null for what has no column, such as a sealed contact. */
  readonly column: NativeColumn | null;
  readonly optional: boolean;
  /** An enum's symbols, in the order of their small integers. */
  readonly texts: ReadonlyArray<Buffer>;
}

const vocabularies: Readonly<Record<string, readonly [place: number, texts: ReadonlyArray<string>]>> = {
  ActivityKind: [Small.activityKind, activityKinds],
  ActivityDirection: [Small.direction, directions],
  CloseOutcome: [Small.outcome, closeOutcomes],
  SpendCategory: [Small.category, spendCategories],
  SubscriptionReason: [Small.subscriptionReason, subscriptionReasons],
  SurveyKind: [Small.surveyKind, surveyKinds],
};

const slots: Readonly<Record<string, number>> = Slot;
const numbers: Readonly<Record<string, number>> = Num;
const smalls: Readonly<Record<string, number>> = Small;

const camelCase = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

type Place = Pick<EventStep, "form" | "place" | "texts">;

const placeOf = (name: string, type: AvroSchema): Place => {
  const at = (form: number, place: number | undefined, texts: ReadonlyArray<string> = []): Place => {
    if (place === undefined) throw new Error(`field ${name} has no place in a flat event`);
    return { form, place, texts: texts.map((text) => Buffer.from(text)) };
  };
  const flatName = camelCase(name);
  if (type === "string" || type === "bytes") return at(Form.text, slots[flatName]);
  if (type === "double") return at(Form.double, numbers[flatName]);
  if (type === "boolean") return at(Form.flag, smalls[flatName]);
  if (typeof type === "object" && "items" in type) return at(Form.lines, 0);
  if (typeof type === "object" && "symbols" in type) {
    const [place, texts] = vocabularies[type.name] ?? [];
    return at(Form.symbol, place, texts);
  }
  const isDay = typeof type === "object" && "logicalType" in type && type.logicalType === "date";
  return at(isDay ? Form.day : Form.integer, numbers[flatName]);
};

/** A target's `value` has a column name that says what it is. */
const columnOf = (name: string): string => (name === "value" ? "target_value" : name);

/** Not for SQL: lines have columns of their own, and a sealed contact is nobody's to read. */
const withoutColumn = new Set(["lines", "contact_sealed"]);

const stepsOf = (type: EventType, block: NativeBlock): ReadonlyArray<EventStep> =>
  currentSchemas[type].fields.map(({ name, type: fieldType }) => {
    const optional = optionalOf(fieldType);
    return {
      ...placeOf(name, optional?.inner ?? fieldType),
      optional: optional !== undefined,
      column: withoutColumn.has(name) ? null : block.column(columnOf(name)),
    };
  });

/** The fields of each event type, by its index in `eventTypes`. Throws for a field that has no column. */
export const eventPlan = (block: NativeBlock): ReadonlyArray<ReadonlyArray<EventStep>> =>
  eventTypes.map((type) => stepsOf(type, block));
