import { type EventType, eventTypes } from "@leadwire/events";
import type { Node } from "yaml";
import { type ContactField, contactFields, fieldsByType, type LineField, lineFields } from "./event-fields.ts";
import type { EventRule, Source } from "./mapping.ts";
import type { MappingReader } from "./mapping-reader.ts";
import { readCondition, readSource, type SourceNames } from "./mapping-source.ts";

/** Reads `events`: which events a row gives, and where each of their fields comes from. */
export const readEvents = (
  reader: MappingReader,
  node: Node | null,
  names: SourceNames,
  hasCurrency: boolean,
): ReadonlyArray<EventRule> => {
  if (node === null) {
    reader.fault(reader.root, "events", "is missing; expected a list of events, each with type and fields");
    return [];
  }
  const seen = new Map<EventType, number>();
  return reader.list(node, "events", "events, each with type and fields").flatMap((one, index) => {
    const path = `events[${index}]`;
    const entries = reader.map(one, path, ["type", "when", "fields"]);
    const type = reader.word(entries.get("type") ?? one, `${path}.type`, eventTypes);
    if (type === null) return [];
    const ordinal = seen.get(type) ?? 0;
    seen.set(type, ordinal + 1);
    const when = entries.get("when");
    const fields = readFields(reader, entries.get("fields") ?? null, one, `${path}.fields`, type, names);
    const rule: EventRule = {
      type,
      ordinal,
      when: when === undefined ? null : readCondition(reader, when, `${path}.when`),
      ...fields,
      line: reader.lineOf(one),
    };
    requireFields(reader, rule, one, `${path}.fields`, hasCurrency);
    return [rule];
  });
};

type RuleFields = Pick<EventRule, "fields" | "lines" | "contact">;

const readFields = (
  reader: MappingReader,
  node: Node | null,
  owner: Node,
  path: string,
  type: EventType,
  names: SourceNames,
): RuleFields => {
  const fields = new Map<string, Source>();
  if (node === null) {
    reader.fault(owner, path, "is missing; expected the event's fields with where each comes from");
    return { fields, lines: [], contact: null };
  }
  let lines: RuleFields["lines"] = [];
  let contact: RuleFields["contact"] = null;
  for (const [name, one] of reader.map(node, path, Object.keys(fieldsByType[type]))) {
    const here = `${path}.${name}`;
    const kind = fieldsByType[type][name]?.kind;
    if (kind === "lines")
      lines = reader
        .list(one, here, "lines, each with product and amount")
        .map((line, index) =>
          readParts<LineField>(reader, line, `${here}[${index}]`, lineFields, ["product", "amount"], names),
        );
    else if (kind === "contact") contact = readParts<ContactField>(reader, one, here, contactFields, [], names);
    else {
      const source = readSource(reader, one, here, names);
      if (source !== null) fields.set(name, source);
    }
  }
  return { fields, lines, contact };
};

const readParts = <F extends string>(
  reader: MappingReader,
  node: Node,
  path: string,
  known: ReadonlyArray<F>,
  needed: ReadonlyArray<F>,
  names: SourceNames,
): ReadonlyMap<F, Source> => {
  const parts = new Map<F, Source>();
  const entries = reader.map(node, path, known);
  for (const field of known) {
    const one = entries.get(field);
    const source = one === undefined ? null : readSource(reader, one, `${path}.${field}`, names);
    if (source !== null) parts.set(field, source);
    else if (one === undefined && needed.includes(field)) reader.fault(node, path, `expected ${field}`);
  }
  return parts;
};

const requireFields = (
  reader: MappingReader,
  rule: EventRule,
  node: Node,
  path: string,
  hasCurrency: boolean,
): void => {
  const spec = fieldsByType[rule.type];
  for (const [field, { required: needed, values }] of Object.entries(spec)) {
    const source = rule.fields.get(field);
    if (needed && source === undefined) reader.fault(node, path, `${field} is missing; ${rule.type} needs it`);
    if (values === undefined || source?.from._tag !== "Constant" || values.includes(source.from.value)) continue;
    reader.fault(
      node,
      `${path}.${field}`,
      `${JSON.stringify(source.from.value)} is not known; expected one of ${values.join(", ")}`,
    );
  }
  const money = [...rule.fields.keys()].find((field) => spec[field]?.kind === "money");
  if (money !== undefined && !hasCurrency && !rule.fields.has("currency"))
    reader.fault(
      node,
      `${path}.${money}`,
      "money needs a currency: add `currency: USD` at the top, or a currency field here",
    );
};
