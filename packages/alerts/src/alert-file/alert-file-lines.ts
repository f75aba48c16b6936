import { type Fields, readYamlFile, type WorkspaceFault, type YamlValue } from "@leadwire/funnel";
import type { Either } from "fp-ts/lib/Either.js";
import { defaultRoute, withWallboard } from "../notify/default-notifications.ts";
import { readAllowPrivate, readInhibitions } from "../notify/inhibition-lines.ts";
import type { NotificationConfig } from "../notify/notification-config.ts";
import { readReceivers } from "../notify/receiver-lines.ts";
import { RouteReader } from "../notify/route-lines.ts";
import { readUrl } from "../notify/secret-lines.ts";
import { type DefaultRule, defaultRuleNames, defaultRuleSet } from "../rule/default-rules.ts";
import type { AlertRule, RuleSet } from "../rule/rule.ts";
import { readRule } from "../rule/rule-lines.ts";
import { didYouMean } from "../when/did-you-mean.ts";
import type { WhenContext } from "../when/threshold-text.ts";
import { type OnlyOnce, receiverNames } from "./only-once.ts";
import { readTexts } from "./yaml-words.ts";

/** What one file says; a key that it does not have is left out. */
export interface AlertFileLines extends Partial<NotificationConfig> {
  readonly ruleSet?: RuleSet;
  readonly defaultRules?: ReadonlyArray<DefaultRule>;
}

const known = ["rules", "receivers", "route", "inhibit", "allow_private", "external_url", "default_rules"];
/** The topic of alerts has keys of its own beside rule sets. */
const takenNames: ReadonlyArray<string> = ["silences", defaultRuleSet];

/** What the lines of a file are held against: the rest of the folder. */
export interface FileSurroundings {
  readonly context: WhenContext;
  readonly once: OnlyOnce;
  /** Names of all receivers of the folder, which the file's routes may lead to. */
  readonly receivers: ReadonlySet<string>;
  /** Whether any file says where alerts go. */
  readonly hasRoute: boolean;
}

/** `alerts/sales.yaml` → `sales`. */
const ruleSetName = (file: string): string => (file.split(/[\\/]/u).at(-1) ?? file).replace(/\.ya?ml$/u, "");

/** The names of a file's receivers, and whether it has routes; of a file that is no YAML nothing, which is told later. */
export const outlineOf = (text: string): { readonly receivers: ReadonlyArray<string>; readonly hasRoute: boolean } => {
  const nothing = { receivers: [], hasRoute: false };
  let found: ReturnType<typeof outlineOf> = nothing;
  // Most files have rules alone; reading those twice would be a waste.
  if (!/receivers|route/u.test(text)) return nothing;
  readYamlFile(text, { known, tolerated: [], whenEmpty: nothing }, (fields) => {
    const receivers = fields.or("receivers", [], receiverNames);
    found = { receivers, hasRoute: fields.or("route", false, () => true) };
    return found;
  });
  return found;
};

const readRules = (value: YamlValue, file: string, { context, once }: FileSurroundings): RuleSet | undefined => {
  const name = ruleSetName(file);
  if (!/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,99}$/u.test(name) || takenNames.includes(name))
    return value.refuse("rules in a file with a name of its own, such as sales.yaml", JSON.stringify(file));
  if (!once.claim(value, file, `a file of rules called ${name}`)) return undefined;
  const rules: AlertRule[] = [];
  for (const item of value.items("a list of rules, such as - { id: …, when: … }") ?? []) {
    const rule = readRule(item, { ruleSet: name, file, context });
    if (rule !== undefined && once.claim(item, file, `the id ${rule.id}`)) rules.push(rule);
  }
  return { name, rules };
};

const readDefaultRules = (value: YamlValue): ReadonlyArray<DefaultRule> =>
  readTexts(value, `a list of ${defaultRuleNames.join(" and ")}, or [] for none`, (item) => {
    const text = item.text(defaultRuleNames.join(" or "));
    if (text === undefined) return undefined;
    const found = defaultRuleNames.find((name) => name === text);
    return (
      found ?? item.refuse(defaultRuleNames.join(" or "), JSON.stringify(text), didYouMean(text, defaultRuleNames))
    );
  });

const readNotifications = (fields: Fields, file: string, around: FileSurroundings): Partial<NotificationConfig> => {
  const single = <A>(key: string, read: (value: YamlValue) => A | undefined): A | undefined =>
    fields.optional(key, (at) => (around.once.claim(at, file, key) ? read(at) : undefined));
  const receivers = single("receivers", (at) => {
    const found = readReceivers(at);
    if (found.length > 0 && !around.hasRoute) at.refuse("a route in one of the files that leads to them", "none");
    return found;
  });
  const names = new Set(withWallboard([...around.receivers]));
  const route = single("route", (at) => new RouteReader(names).readRoot(at, defaultRoute));
  const inhibitions = single("inhibit", readInhibitions);
  const allowPrivate = single("allow_private", readAllowPrivate);
  const externalUrl = single("external_url", readUrl);
  return {
    ...(receivers === undefined ? {} : { receivers }),
    ...(route === undefined ? {} : { route }),
    ...(inhibitions === undefined ? {} : { inhibitions }),
    ...(allowPrivate === undefined ? {} : { allowPrivate }),
    ...(externalUrl === undefined ? {} : { externalUrl }),
  };
};

/** Reads one file of the folder. */
export const readAlertLines = (
  file: string,
  text: string,
  around: FileSurroundings,
): Either<ReadonlyArray<WorkspaceFault>, AlertFileLines> =>
  readYamlFile<AlertFileLines>(text, { known, tolerated: [], whenEmpty: {} }, (fields) => {
    const ruleSet = fields.optional("rules", (at) => readRules(at, file, around));
    const defaultRules = fields.optional("default_rules", (at) =>
      around.once.claim(at, file, "default_rules") ? readDefaultRules(at) : undefined,
    );
    return {
      ...readNotifications(fields, file, around),
      ...(ruleSet === undefined ? {} : { ruleSet }),
      ...(defaultRules === undefined ? {} : { defaultRules }),
    };
  });
