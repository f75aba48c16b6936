import type { DecimalFormat, EventType } from "@leadwire/events";
import type { CsvFormat } from "./csv-rows.ts";
import type { DateFormat } from "./date-format.ts";
import type { ContactField, LineField } from "./event-fields.ts";

/** A mapping: what turns the rows of somebody's export into events. Read from YAML by mapping-file.ts. */
export interface Mapping {
  /** The file it was read from, as messages name it. */
  readonly name: string;
  readonly sourceSystem: string;
  readonly format: CsvFormat;
  /** The columns of a file that has no heading row. */
  readonly columns?: ReadonlyArray<string>;
  /** What stands for "nothing" besides the empty field, such as `NULL` or `-`. */
  readonly emptyValues: ReadonlySet<string>;
  readonly dates: ReadonlyArray<DateFormat>;
  /** The zone of times written without an offset; undefined: the workspace's. */
  readonly timeZone?: string;
  readonly numbers: DecimalFormat;
  readonly currency?: Source;
  readonly rowKey: ReadonlyArray<Source>;
  readonly revision?: { readonly source: Source; readonly dates: ReadonlyArray<DateFormat> | null };
  readonly lookups: ReadonlyMap<string, Lookup>;
  /** Rows that are left out and counted as such. */
  readonly skip: Condition | null;
  readonly events: ReadonlyArray<EventRule>;
}

/** A second CSV file, in which a value of the row finds another. */
export interface Lookup {
  readonly file: string;
  readonly key: string;
  readonly format: CsvFormat;
  readonly line: number;
}

/** Which rows: any of the alternatives, each a list of tests that must all hold. Null is every row. */
export type Condition = ReadonlyArray<ReadonlyArray<ColumnTest>>;
export interface ColumnTest {
  readonly column: string;
  readonly oneOf?: ReadonlySet<string>;
  readonly noneOf?: ReadonlySet<string>;
  readonly present?: boolean;
  readonly line: number;
}

/** Where a value comes from. */
export interface Source {
  readonly from:
    | { readonly _tag: "Column"; readonly column: string }
    | { readonly _tag: "Constant"; readonly value: string }
    | { readonly _tag: "Join"; readonly parts: ReadonlyArray<Source>; readonly separator: string }
    | {
        readonly _tag: "Lookup";
        readonly lookup: string;
        readonly by: Source;
        readonly take: string;
        /** A key that the second file does not have: quarantine the row, or leave the field out. */
        readonly onMiss: "quarantine" | "absent";
      };
  readonly rename?: ReadonlyMap<string, string>;
  readonly default?: string;
  /** Date formats of this value alone. */
  readonly dates?: ReadonlyArray<DateFormat>;
  readonly line: number;
}

/** One event that a row may give. */
export interface EventRule {
  readonly type: EventType;
  /** Which of the mapping's rules of this type it is, from 0: part of the event's id. */
  readonly ordinal: number;
  readonly when: Condition | null;
  readonly fields: ReadonlyMap<string, Source>;
  readonly lines: ReadonlyArray<ReadonlyMap<LineField, Source>>;
  readonly contact: ReadonlyMap<ContactField, Source> | null;
  readonly line: number;
}
