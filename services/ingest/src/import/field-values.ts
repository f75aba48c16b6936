import { type DecimalFormat, parseDecimalMinor, type QuarantineReason } from "@leadwire/events";
import type { ZoneCalendar } from "@leadwire/funnel";
import { type DateFormat, instantOf, type WrittenTime } from "./date-format.ts";
import { type FieldSpec, fieldsByType } from "./event-fields.ts";
import type { ImportRow } from "./import-row.ts";
import type { EventRule, Source } from "./mapping.ts";
import { shown } from "./refusal.ts";
import { type BoundFile, sourceLabel, type ValueReader, valueReader } from "./value-reader.ts";

const truths: ReadonlySet<string> = new Set(["true", "yes", "y", "1", "t"]);
const falsehoods: ReadonlySet<string> = new Set(["false", "no", "n", "0", "f"]);
const cacheMax = 10_000;
/** Longer texts are views of the chunk they were read from: keeping one would keep the chunk. */
const cachedLengthMax = 12;

/** A value on its way from a file to an event's field. */
interface FieldReader {
  readonly read: ValueReader;
  /** How messages name where the value stands. */
  readonly label: string;
  readonly dates: ReadonlyArray<DateFormat>;
  /** Values seen before, since a file repeats few days: text to number. */
  readonly seen: Map<string, number>;
  readonly spec: FieldSpec;
}

/** Reads one rule's fields from the row under way, each as its kind; faults are left on the row, in plain words. */
export class FieldValues {
  readonly row: ImportRow;
  readonly #type: string;
  readonly #fields = new Map<string, FieldReader>();
  readonly #currency: ValueReader | null;
  readonly #numbers: DecimalFormat;
  readonly #calendar: ZoneCalendar;

  constructor(row: ImportRow, bound: BoundFile, rule: Pick<EventRule, "type" | "fields">, calendar: ZoneCalendar) {
    const { mapping } = bound;
    this.row = row;
    this.#type = rule.type;
    this.#numbers = mapping.numbers;
    this.#calendar = calendar;
    for (const [field, source] of rule.fields) {
      const spec = fieldsByType[rule.type][field];
      if (spec === undefined) throw new Error(`${rule.type} has no field ${field}`);
      this.#fields.set(field, fieldReader(bound, source, spec));
    }
    const currency = rule.fields.get("currency") ?? mapping.currency;
    this.#currency = currency === undefined ? null : valueReader(bound, currency);
  }

  text(field: string): string | undefined {
    const reader = this.#fields.get(field);
    if (reader === undefined) return undefined;
    const value = reader.read(this.row);
    return value === "" ? undefined : value;
  }

  /** A field that the event cannot do without. */
  required(field: string): string {
    const value = this.text(field);
    if (value === undefined) this.#missing(field, field.endsWith("_id") ? "missing_key" : "missing_field");
    return value ?? "";
  }

  /** A field with a closed vocabulary. */
  word<W extends string>(field: string, words: ReadonlyArray<W>): W {
    const value = this.required(field);
    const word = words.find((one) => one === value);
    if (word !== undefined) return word;
    this.#refuse(field, "bad_value", value, `one of ${words.join(", ")} (rename values in the mapping)`);
    const [any] = words;
    if (any === undefined) throw new Error(`${field} has an empty vocabulary`);
    return any;
  }

  boolean(field: string): boolean {
    const value = this.text(field)?.toLowerCase();
    if (value === undefined || falsehoods.has(value)) return false;
    if (!truths.has(value)) this.#refuse(field, "bad_value", value, "true or false (or yes, no, 1, 0)");
    return true;
  }

  /** An instant, in epoch milliseconds. */
  timeMs(field: string): number {
    const value = this.text(field);
    if (value === undefined) {
      this.#missing(field, "missing_field");
      return 0;
    }
    return this.#written(field, value, "bad_time", (written) => instantOf(written, this.#calendar));
  }

  /** Days since 1970-01-01. */
  day(field: string): number | undefined {
    const value = this.text(field);
    return value === undefined ? undefined : this.#written(field, value, "bad_date", (written) => written.day);
  }

  requiredDay(field: string): number {
    if (this.text(field) === undefined) this.#missing(field, "missing_field");
    return this.day(field) ?? 0;
  }

  /** A decimal amount in the currency's smallest unit. */
  minor(field: string): number | undefined {
    const reader = this.#fields.get(field);
    const value = reader?.read(this.row) ?? "";
    return reader === undefined || value === "" ? undefined : this.minorOf(reader.label, value);
  }

  requiredMinor(field: string): number {
    const amount = this.minor(field);
    if (amount === undefined) this.#missing(field, "missing_field");
    return amount ?? 0;
  }

  /** The amount that a text states in the row's currency. */
  minorOf(label: string, text: string): number {
    const currency = this.currency();
    if (currency === undefined) {
      this.row.refuse("missing_field", `${label} ${shown(text)} has no currency; expected one such as EUR`);
      return 0;
    }
    const amount = parseDecimalMinor(bareNumber(text), currency, this.#numbers);
    if (amount._tag === "Right") return amount.right;
    this.row.refuse(amount.left._tag, `${label} is ${shown(amount.left.found)}; expected ${amount.left.expected}`);
    return 0;
  }

  currency(): string | undefined {
    const value = this.#currency?.(this.row) ?? "";
    return value === "" ? undefined : value;
  }

  number(field: string): number {
    const value = this.required(field);
    if (value === "") return 0;
    const number = numberOf(value, this.#numbers);
    if (Number.isNaN(number)) this.#refuse(field, "wrong_type", value, `a number such as 1${this.#numbers.decimal}5`);
    return number;
  }

  integer(field: string): number | undefined {
    const value = this.text(field);
    if (value === undefined) return undefined;
    const number = numberOf(value, this.#numbers);
    if (!Number.isSafeInteger(number)) this.#refuse(field, "wrong_type", value, "a whole number");
    return number;
  }

  #written(field: string, value: string, reason: QuarantineReason, to: (written: WrittenTime) => number): number {
    const reader = this.#fields.get(field);
    if (reader === undefined) throw new Error(`the field ${field} is read but not mapped`);
    const known = reader.seen.get(value);
    if (known !== undefined) return known;
    for (const format of reader.dates) {
      const written = format.read(value);
      if (written === null) continue;
      const result = to(written);
      if (reader.seen.size >= cacheMax) reader.seen.clear();
      if (value.length <= cachedLengthMax) reader.seen.set(value, result);
      return result;
    }
    const patterns = reader.dates.map((format) => format.pattern).join(" or ");
    const what = reader.spec.kind === "time" && /^\W*\d+\W+\d+\W+\d+$/u.test(value) ? "bad_date" : reason;
    this.row.refuse(what, `${reader.label} ${shown(value)} is not a date in the format ${patterns}`);
    return 0;
  }

  #missing(field: string, reason: QuarantineReason): void {
    const label = this.#fields.get(field)?.label ?? field;
    this.row.refuse(reason, `${label} is empty; ${field} of ${this.#type} needs it`);
  }

  #refuse(field: string, reason: QuarantineReason, found: string, expected: string): void {
    const label = this.#fields.get(field)?.label ?? field;
    this.row.refuse(reason, `${label} ${shown(found)} is no ${field}; expected ${expected}`);
  }
}

const fieldReader = (bound: BoundFile, source: Source, spec: FieldSpec): FieldReader => ({
  read: valueReader(bound, source),
  label: sourceLabel(source),
  dates: source.dates ?? bound.mapping.dates,
  seen: new Map(),
  spec,
});

/** An amount without the currency's sign or code around it: "€ 1.054,50" and "1054.50 EUR" are amounts. */
const bareNumber = (text: string): string => {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  const bare = (first === 45 || first === 43 || isDigit(first)) && isDigit(last);
  return bare ? text : text.replace(/^(?:\p{Sc}|[A-Z]{3})?\s*/u, "").replace(/\s*(?:\p{Sc}|[A-Z]{3})?$/u, "");
};

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const numberOf = (text: string, { decimal, group }: DecimalFormat): number => {
  const plain = (group === "" ? text : text.replaceAll(group, "")).replace(decimal, ".");
  return /^-?\d+(?:\.\d+)?$/u.test(plain) ? Number(plain) : Number.NaN;
};
