import { readYamlFile, type Workspace } from "@leadwire/funnel";
import type { Catalogue } from "@leadwire/kpis";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { completed } from "../notify/default-notifications.ts";
import type { AlertsConfig } from "../notify/notification-config.ts";
import { applyingDefaults, defaultRuleNames, defaultRuleSet, defaultRulesText } from "../rule/default-rules.ts";
import type { AlertRule } from "../rule/rule.ts";
import { readRule } from "../rule/rule-lines.ts";
import type { WhenContext } from "../when/threshold-text.ts";
import type { AlertFault } from "./alert-fault.ts";
import { type AlertFileLines, type FileSurroundings, outlineOf, readAlertLines } from "./alert-file-lines.ts";
import { OnlyOnce } from "./only-once.ts";

/** A file of the folder `alerts/`. */
export interface AlertFile {
  /** As faults show it: its name, or a path to it. */
  readonly name: string;
  readonly text: string;
}

/** What rules are checked against. */
export interface AlertFileContext {
  readonly catalogue: Catalogue;
  readonly workspace: Workspace;
}

/** The rules that everybody has. Throws where they are wrong, which is no user's fault. */
const shippedRules = (context: WhenContext): ReadonlyArray<AlertRule> => {
  const place = { ruleSet: defaultRuleSet, file: "(shipped)", context };
  const read = readYamlFile<ReadonlyArray<AlertRule>>(
    defaultRulesText,
    { known: ["rules"], tolerated: [], whenEmpty: [] },
    (fields) => fields.or("rules", [], (at) => at.items("rules")?.flatMap((item) => readRule(item, place) ?? [])),
  );
  if (isLeft(read)) throw new Error(`the shipped rules are wrong: ${JSON.stringify(read.left)}`);
  return read.right;
};

const surroundingsOf = (files: ReadonlyArray<AlertFile>, context: WhenContext): FileSurroundings => {
  const outlines = files.map(({ text }) => outlineOf(text));
  return {
    context,
    once: new OnlyOnce(),
    receivers: new Set(outlines.flatMap(({ receivers }) => receivers)),
    hasRoute: outlines.some(({ hasRoute }) => hasRoute),
  };
};

/** A rule that has the id of a shipped one which applies beside it. */
const clashes = (own: ReadonlyArray<AlertRule>, shipped: ReadonlyArray<AlertRule>): ReadonlyArray<AlertFault> =>
  own
    .filter(({ id }) => shipped.some((rule) => rule.id === id))
    .map(({ id, file, line }) => ({
      file,
      line,
      column: 1,
      path: "rules",
      expected: "another id",
      found: `${id}, which is that of a rule that everybody has`,
    }));

const configOf = (
  lines: ReadonlyArray<AlertFileLines>,
  context: WhenContext,
): Either<ReadonlyArray<AlertFault>, AlertsConfig> => {
  const ruleSets = lines.flatMap(({ ruleSet }) => (ruleSet === undefined ? [] : [ruleSet]));
  const own = ruleSets.flatMap(({ rules }) => rules);
  const wanted = lines.find(({ defaultRules }) => defaultRules !== undefined)?.defaultRules ?? defaultRuleNames;
  const shipped = applyingDefaults(shippedRules(context), wanted, own);
  const faults = clashes(own, shipped);
  if (faults.length > 0) return left(faults);
  // Each key stands in one file at most.
  const stated: AlertFileLines = Object.fromEntries(lines.flatMap((line) => Object.entries(line)));
  return right({
    ruleSets: shipped.length === 0 ? ruleSets : [...ruleSets, { name: defaultRuleSet, rules: shipped }],
    notifications: completed(stated),
  });
};

/** Reads rules, receivers and routes. Finds every fault of all files at once, in the order of files and lines. */
export const parseAlertFiles = (
  files: ReadonlyArray<AlertFile>,
  { catalogue, workspace }: AlertFileContext,
): Either<ReadonlyArray<AlertFault>, AlertsConfig> => {
  const context = { catalogue, currency: workspace.currency };
  const around = surroundingsOf(files, context);
  const read = files.map(({ name, text }) => ({ name, lines: readAlertLines(name, text, around) }));
  const faults = read.flatMap(({ name, lines }) =>
    isLeft(lines) ? lines.left.map((fault): AlertFault => ({ file: name, ...fault })) : [],
  );
  if (faults.length > 0) return left(faults);
  return configOf(
    read.flatMap(({ lines }) => (isLeft(lines) ? [] : [lines.right])),
    context,
  );
};
