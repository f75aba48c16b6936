import type { Mapping, Source } from "./mapping.ts";

/**
 * What goes to quarantine is kept for ever and sealed with nobody's key: so no contact may stand in it. Everything else
 * of the row stays as it was, byte by byte where it is a line of JSON.
 */

/** What stands in a contact's place. */
export const removed = "(removed)";

/** The keys under which people write who a lead is; no field of the schemas has such a name. */
const personal = /"(?:contacts?|name|e-?mail|phone|company)"\s*:\s*/giu;

/** A JSON line, well-formed or not, whose contact is taken out. */
export const lineWithoutContact = (bytes: Buffer): Buffer => {
  // Latin-1 gives every byte a character and back: nothing is lost, whatever the encoding.
  const text = bytes.toString("latin1");
  let kept = "";
  let at = 0;
  for (;;) {
    personal.lastIndex = at;
    const found = personal.exec(text);
    if (found === null) break;
    const valueStart = found.index + found[0].length;
    kept += text.slice(at, valueStart) + JSON.stringify(removed);
    at = valueEnd(text, valueStart);
  }
  return at === 0 ? bytes : Buffer.from(kept + text.slice(at), "latin1");
};

/** Whether a line holds a contact, as far as can be told. */
export const hasContact = (line: string): boolean => {
  personal.lastIndex = 0;
  return personal.test(line);
};

/** Where a JSON value ends; the text's end where it does not. */
const valueEnd = (text: string, start: number): number => {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      at = stringEnd(text, at);
      if (depth === 0) return at + 1;
    } else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      if (depth <= 1) return depth === 0 ? at : at + 1;
      depth -= 1;
    } else if (character === "," && depth === 0) return at;
  }
  return text.length;
};

const stringEnd = (text: string, open: number): number => {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length - 1;
};

const columnsOf = ({ from }: Source): ReadonlyArray<string> => {
  switch (from._tag) {
    case "Column":
      return [from.column];
    case "Join":
      return from.parts.flatMap(columnsOf);
    case "Lookup":
      return columnsOf(from.by);
    case "Constant":
      return [];
  }
};

/** The columns from which a mapping takes a contact. */
export const contactColumns = ({ events }: Mapping): ReadonlySet<string> =>
  new Set(events.flatMap(({ contact }) => [...(contact?.values() ?? [])].flatMap(columnsOf)));

const written = (field: string, delimiter: string): string =>
  field.includes(delimiter) || /["\r\n]/u.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

/** A row without its contact. Null fields: it cannot be split, so nobody knows where the contact is. */
export const rowWithoutContact = (
  fields: ReadonlyArray<string> | null,
  heading: ReadonlyArray<string>,
  columns: ReadonlySet<string>,
  delimiter: string,
): Buffer => {
  if (fields === null) return Buffer.from(`${removed}: the row cannot be split, and it holds a contact`);
  const kept = fields.map((field, index) =>
    columns.has(heading[index] ?? "") && field !== "" ? removed : written(field, delimiter),
  );
  return Buffer.from(kept.join(delimiter));
};
