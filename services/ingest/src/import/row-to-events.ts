import {
  type Contact,
  checkEvent,
  type DealLine,
  doorMessage,
  type EventHead,
  eventIdOfRow,
  type SalesEvent,
} from "@leadwire/events";
import { ZoneCalendar } from "@leadwire/funnel";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { instantOf } from "./date-format.ts";
import { eventBuilders, type RowParts } from "./event-builder.ts";
import { FieldValues } from "./field-values.ts";
import { ImportRow } from "./import-row.ts";
import type { LookupTable } from "./lookup-table.ts";
import type { EventRule, Mapping, Source } from "./mapping.ts";
import { type Refusal, refusal, shown } from "./refusal.ts";
import { type BoundFile, conditionReader, sourceLabel, type ValueReader, valueReader } from "./value-reader.ts";

export interface RowMapperOptions {
  readonly mapping: Mapping;
  /** The imported file, as messages name it. */
  readonly file: string;
  readonly heading: ReadonlyArray<string>;
  readonly tables: ReadonlyMap<string, LookupTable>;
  /** The workspace's zone, for times without an offset where the mapping names none. */
  readonly timeZone: string;
  /** Of rows whose mapping names no revision. */
  readonly revision: number;
  /** Seals a contact; a mapping with a contact is refused without it, so that none is stored in clear. */
  readonly sealContact?: (leadId: string, contact: Contact) => Uint8Array;
}

/** Turns the rows of one file into events: a row is placed whole or refused whole. */
export interface RowMapper {
  /** The row's events, none where the mapping skips it, or why it goes to quarantine. */
  readonly place: (fields: ReadonlyArray<string>) => ReadonlyArray<SalesEvent> | Refusal;
}

interface Rule {
  readonly rule: EventRule;
  readonly applies: (row: ImportRow) => boolean;
  readonly values: FieldValues;
  readonly parts: RowParts;
}

/**
 * Binds a mapping to a file's heading and its look-ups. Left names every column that the mapping asks for and the file
 * does not have. An event's id is a hash of source, type, row key and the rule's ordinal, never of the row's place: the
 * same rows in any order give the same events.
 */
export const rowMapper = (options: RowMapperOptions): Either<ReadonlyArray<string>, RowMapper> => {
  const { mapping, file, heading, tables } = options;
  const bound: BoundFile = { mapping, file, heading, tables, faults: [] };
  const row = new ImportRow();
  const calendar = new ZoneCalendar(mapping.timeZone ?? options.timeZone);
  const keys = mapping.rowKey.map((source) => ({ read: valueReader(bound, source), label: sourceLabel(source) }));
  const skips = mapping.skip === null ? () => false : conditionReader(bound, mapping.skip);
  const revisionOf = revisionReader(bound, row, calendar, options.revision);
  const rules = mapping.events.map((rule): Rule => {
    const values = new FieldValues(row, bound, rule, calendar);
    return { rule, applies: conditionReader(bound, rule.when), values, parts: rowParts(bound, rule, values, options) };
  });
  if (bound.faults.length > 0) return left(bound.faults);

  const rowKey = (): string => {
    const found = keys.map(({ read, label }) => {
      const value = read(row);
      if (value === "") row.refuse("missing_key", `${label} is empty; it is the row's key`);
      return value;
    });
    return found.length === 1 ? (found[0] ?? "") : JSON.stringify(found);
  };
  const place = (fields: ReadonlyArray<string>): ReadonlyArray<SalesEvent> | Refusal => {
    row.begin(fields);
    if (skips(row)) return [];
    const key = rowKey();
    const revision = revisionOf();
    const events: SalesEvent[] = [];
    for (const { rule, applies, values, parts } of rules) {
      if (row.fault !== null) return row.fault;
      if (!applies(row)) continue;
      const event = eventBuilders[rule.type](
        {
          event_id: eventIdOfRow(mapping.sourceSystem, rule.type, key, rule.ordinal),
          source_system: mapping.sourceSystem,
          occurred_at: values.timeMs("occurred_at"),
          revision,
          voided: values.boolean("voided"),
        } satisfies EventHead,
        values,
        parts,
      );
      if (row.fault !== null) return row.fault;
      const checked = checkEvent(event);
      if (checked._tag === "Left") return refusal(checked.left._tag, doorMessage(checked.left));
      events.push(event);
    }
    if (row.fault !== null) return row.fault;
    return events.length > 0
      ? events
      : refusal("bad_value", "no event of the mapping applies to the row; add one, or name such rows under skip");
  };
  return right({ place });
};

const revisionReader = (bound: BoundFile, row: ImportRow, calendar: ZoneCalendar, fallback: number): (() => number) => {
  const { revision, dates } = bound.mapping;
  if (revision === undefined) return () => fallback;
  const read = valueReader(bound, revision.source);
  const label = sourceLabel(revision.source);
  return () => {
    const value = read(row);
    if (value === "") {
      row.refuse("missing_field", `${label} is empty; the row's revision comes from it`);
      return 0;
    }
    if (revision.dates === null && /^\d{1,15}$/u.test(value)) return Number(value);
    for (const format of revision.dates ?? dates) {
      const written = format.read(value);
      if (written !== null) return instantOf(written, calendar);
    }
    const patterns = (revision.dates ?? dates).map((format) => format.pattern).join(" or ");
    row.refuse("bad_time", `${label} ${shown(value)} is no revision; expected a whole number or a time as ${patterns}`);
    return 0;
  };
};

/** The parts of an event that are made of several values: a deal's lines and a lead's contact. */
const rowParts = (bound: BoundFile, rule: EventRule, values: FieldValues, options: RowMapperOptions): RowParts => {
  const reader = (source: Source | undefined): { readonly read: ValueReader; readonly label: string } | null =>
    source === undefined ? null : { read: valueReader(bound, source), label: sourceLabel(source) };
  const lines = rule.lines.map((line) => ({
    product: reader(line.get("product")),
    quantity: reader(line.get("quantity")),
    amount: reader(line.get("amount")),
    cost: reader(line.get("cost")),
  }));
  const contact = [...(rule.contact ?? [])].map(([part, source]) => [part, valueReader(bound, source)] as const);
  const seal = options.sealContact;
  if (contact.length > 0 && seal === undefined)
    bound.faults.push(
      `${bound.mapping.name}:${rule.line}: a contact is mapped, but this import has no key to seal it with`,
    );
  const { row } = values;
  return {
    lines: () =>
      lines.flatMap((line): DealLine[] => {
        const product = line.product?.read(row) ?? "";
        const amount = line.amount?.read(row) ?? "";
        if (product === "" && amount === "") return [];
        const quantity = line.quantity?.read(row) || "1";
        if (!/^\d{1,9}$/u.test(quantity))
          row.refuse(
            "wrong_type",
            `${line.quantity?.label} ${shown(quantity)} is no quantity; expected a whole number`,
          );
        if (product === "") row.refuse("missing_field", `${line.product?.label} is empty; a line needs its product`);
        if (amount === "") row.refuse("missing_field", `${line.amount?.label} is empty; a line needs its amount`);
        const cost = line.cost?.read(row) ?? "";
        return [
          {
            product,
            quantity: Number(quantity),
            amount_minor: amount === "" ? 0 : values.minorOf(line.amount?.label ?? "amount", amount),
            ...(cost === "" ? {} : { cost_minor: values.minorOf(line.cost?.label ?? "cost", cost) }),
          },
        ];
      }),
    sealedContact: (leadId) => {
      if (seal === undefined || contact.length === 0) return undefined;
      const found = contact.map(([part, read]) => [part, read(row)] as const).filter(([, value]) => value !== "");
      return found.length === 0 ? undefined : seal(leadId, Object.fromEntries(found));
    },
  };
};
