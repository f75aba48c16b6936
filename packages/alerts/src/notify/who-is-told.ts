import { type AlertMatcher, matcherText } from "@leadwire/events";
import type { AlertRule, EscalationStep } from "../rule/rule.ts";
import { ownLabels } from "../rule/summary-text.ts";
import { testOfAll } from "./matcher.ts";
import type { NotificationConfig, Route } from "./notification-config.ts";

/** Receivers that a rule's alerts may reach, and what an alert needs for it beyond what the rule says already. */
export interface Told {
  readonly receivers: ReadonlyArray<string>;
  /** Matchers such as `team=north`; none where every alert of the rule reaches them. */
  readonly where: ReadonlyArray<string>;
  readonly hasQuietHours: boolean;
}

interface Known {
  readonly labels: Readonly<Record<string, string>>;
  /** Labels that differ from alert to alert. */
  readonly open: ReadonlySet<string>;
}

/** What of a route's matchers only an alert can tell; undefined where no alert of the rule matches. */
const openMatchers = ({ matchers }: Route, { labels, open }: Known): ReadonlyArray<AlertMatcher> | undefined => {
  const isOpen = ({ label }: AlertMatcher): boolean => open.has(label);
  return testOfAll(matchers.filter((matcher) => !isOpen(matcher)))(labels) ? matchers.filter(isOpen) : undefined;
};

const toldBelow = (route: Route, known: Known, needed: ReadonlyArray<AlertMatcher>): ReadonlyArray<Told> => {
  const found: Told[] = [];
  let isTaken = false;
  for (const child of route.routes) {
    const more = openMatchers(child, known);
    if (more === undefined) continue;
    found.push(...toldBelow(child, known, [...needed, ...more]));
    if (more.length > 0) continue;
    // Every alert goes down here: this route itself sees none.
    isTaken = true;
    if (!child.goOn) break;
  }
  const own = {
    receivers: route.receivers,
    where: needed.map(matcherText),
    hasQuietHours: route.quietHours.length > 0,
  };
  return isTaken ? found : [...found, own];
};

/** Whom the routes tell of a rule's alerts, as far as the rule decides it; of an escalation's step with its labels. */
export const whoIsTold = (rule: AlertRule, config: NotificationConfig, step?: EscalationStep): ReadonlyArray<Told> => {
  const { ruleSet, id, severity, labels, condition } = rule;
  const fixed = condition._tag === "Threshold" ? Object.fromEntries(condition.where) : {};
  const named = condition._tag === "NoData" && condition.source !== null ? { source: condition.source } : {};
  const own = { ...fixed, ...named };
  const known: Known = {
    labels: { ...own, ...labels, ...step?.labels, rule: id, rule_set: ruleSet, severity: step?.severity ?? severity },
    open: new Set(ownLabels(condition).filter((label) => !Object.hasOwn(own, label))),
  };
  return toldBelow(config.route, known, []).filter(({ receivers }) => receivers.length > 0);
};
