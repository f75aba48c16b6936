import { durationForms, parseDurationMs, type YamlValue } from "@leadwire/funnel";
import { type Either, isLeft } from "fp-ts/lib/Either.js";
import type { TextFault } from "../when/when-reader.ts";

/** Words that several lines of the files of alerts share. */

/** Reads a scalar's text with a reader that knows where in the text it stumbled. */
export const readWith = <A>(
  value: YamlValue,
  expected: string,
  parse: (text: string) => Either<TextFault, A>,
): A | undefined => {
  const text = value.text(expected);
  if (text === undefined) return undefined;
  const read = parse(text);
  if (!isLeft(read)) return read.right;
  const { index, expected: wanted, found, hint } = read.left;
  return value.refuseWithin(index, wanted, found, hint);
};

/** Milliseconds; 0 is one, too. */
export const readDuration = (value: YamlValue): number | undefined => value.parsed(durationForms, parseDurationMs);

const labelForm = /^[a-z_][a-z0-9_]{0,63}$/u;
const labelWords = "a label's name: small letters, digits and _, such as area";

export const isLabelName = (text: string): boolean => labelForm.test(text);

/** What every alert has beside its labels, under the names that routes match them by. */
const reservedLabels: ReadonlyArray<string> = ["alertname", "rule", "rule_set", "severity"];

const readLabel = (
  name: string,
  at: YamlValue,
  taken: ReadonlyArray<string>,
): readonly [string, string] | undefined => {
  if (!isLabelName(name)) return at.refuse(labelWords, JSON.stringify(name));
  if (reservedLabels.includes(name)) return at.refuse("a label of your own", `${name}, which every alert has already`);
  if (taken.includes(name)) return at.refuse("a label of your own", `${name}, which is what the rule's alerts go by`);
  const text = at.text("a label's value, such as sales");
  return text === undefined ? undefined : [name, text];
};

/** A map of labels; `taken` are those that the rule's alerts have of themselves. */
export const readLabels = (value: YamlValue, taken: ReadonlyArray<string>): Record<string, string> | undefined => {
  const entries = value.entries("a map of labels, such as { area: sales }");
  return entries === undefined
    ? undefined
    : Object.fromEntries(
        entries.map(([name, at]) => readLabel(name, at, taken)).filter((entry) => entry !== undefined),
      );
};

/** A list of texts, or one alone. */
export const readTexts = <A>(
  value: YamlValue,
  expected: string,
  read: (item: YamlValue) => A | undefined,
): ReadonlyArray<A> => {
  const items = value.isList() ? (value.items(expected) ?? []) : [value];
  return items.map(read).filter((item) => item !== undefined);
};
