import { localText, numberText, wholeText } from "@leadwire/kpis";
import type { NumberDifference, RebuildDifferences } from "../engine/rebuild/rebuild-differences.ts";
import { differenceText } from "./kpi-number-text.ts";
import { leftColumn, rightColumn, tableText, wrappedText } from "./table.ts";

/** So many groups of a metric and window are shown: those that move most. */
const groupsShown = 3;

const moved = ({ before, after }: NumberDifference): number =>
  before === null || after === null ? Number.POSITIVE_INFINITY : Math.abs(after - before);

const groupText = ({ group }: NumberDifference): string =>
  Object.entries(group)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ") || "company";

const lineOf = (one: NumberDifference): ReadonlyArray<string> => {
  const change = one.before === null || one.after === null ? null : one.after - one.before;
  const counted = { ...one, ...(one.metric.includes(".") ? { statistic: one.metric.split(".")[1] ?? "" } : {}) };
  const texts = [numberText(one.before, counted), numberText(one.after, counted), differenceText(change, counted)];
  return [one.metric, one.window, groupText(one), ...texts];
};

/** The company's line, then the groups that move most, in the order in which they were asked. */
const shownOf = (numbers: ReadonlyArray<NumberDifference>): ReadonlyArray<NumberDifference> => {
  const byQuestion = Map.groupBy(numbers, ({ metric, window }) => `${metric} ${window}`);
  return [...byQuestion.values()].flatMap((all) => {
    const groups = all.filter(({ group }) => Object.keys(group).length > 0);
    const most = groups.toSorted((a, b) => moved(b) - moved(a)).slice(0, groupsShown);
    return [...all.filter(({ group }) => Object.keys(group).length === 0), ...most];
  });
};

/** What a rebuild will change, for a person; instants in a zone's own time. */
export const differencesText = (
  { facts, numbers, compared, after, at }: RebuildDifferences,
  timeZone: string,
): string => {
  const when = `${localText(at, timeZone)} (${timeZone})`;
  if (facts.length === 0 && numbers.length === 0)
    return `Nothing differs: generation ${after} has the same facts and the same numbers.\n`;
  const kinds = tableText(
    [leftColumn("kinds that differ"), rightColumn("facts before"), rightColumn("facts after")],
    facts.map(({ kind, before: was, after: is }) => [kind, wholeText(was), wholeText(is)]),
  );
  if (numbers.length === 0)
    return `${kinds}\nFacts differ, and none of ${wholeText(compared)} numbers at ${when} does.\n`;
  const shown = shownOf(numbers);
  const columns = [
    ...[leftColumn("metric"), leftColumn("window"), leftColumn("of")],
    ...[rightColumn("before"), rightColumn("after"), rightColumn("difference")],
  ];
  const more = numbers.length - shown.length;
  const rest = more > 0 ? ` The ${groupsShown} groups of each that move most are shown; --json has all.` : "";
  const head = `${wholeText(numbers.length)} of ${wholeText(compared)} numbers compared differ, at ${when}.${rest}`;
  return `${kinds}\n${wrappedText("", head)}\n\n${tableText(columns, shown.map(lineOf))}`;
};
