import { hash } from "node:crypto";
import type { AlertRule } from "../rule/rule.ts";

/**
 * The name of an alert: 16 hex digits over its rule and what tells it from the rule's others. Labels, texts and levels are
 * no part of it, so that an alert outlives an edit; the rule's file is, since each file's alerts have a log of their own.
 */
export const fingerprintOf = (
  { ruleSet, id }: Pick<AlertRule, "ruleSet" | "id">,
  identity: Readonly<Record<string, string>>,
): string => {
  const named = Object.entries(identity).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return hash("sha256", JSON.stringify([ruleSet, id, named]), "hex").slice(0, 16);
};
