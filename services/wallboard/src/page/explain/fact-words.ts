import type { Explanation } from "../../board/explain-answer.ts";
import { plainWords } from "../reader/catalogue-names.ts";
import { formatCount, formatValue } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import type { Texts } from "../texts/texts.ts";

export type ExplainedPart = Explanation["parts"][number];
export type ExplainedFact = ExplainedPart["facts"][number];
export type ExplainedEvent = ExplainedFact["events"][number];

/** What a fact is: `deal closed: won`. */
export const factText = ({ kind, outcome }: ExplainedFact, { explained }: Texts): string => {
  const name = explained.kinds[kind] ?? plainWords(kind);
  return outcome === undefined ? name : `${name}: ${explained.outcomes[outcome] ?? plainWords(outcome)}`;
};

/** Lead and deal where they differ, else the one there is. */
export const entityText = ({ lead_id, deal_id, account_id }: ExplainedFact): string =>
  [...new Set([lead_id, deal_id])].filter((id) => id !== undefined).join(" · ") || (account_id ?? "–");

/** By what a fact's value counts: `× 0.75` of a probability, `× 12 / 24` of a term's months. */
const weightText = ({ weigh }: ExplainedPart, { weight }: ExplainedFact, locale: string): string => {
  if (weigh === undefined || weight === undefined) return "";
  return weigh === "bin"
    ? ` × ${formatCount(weight / 10_000, locale, { decimals: 2 })}`
    : ` × 12 / ${formatCount(weight, locale)}`;
};

/** An amount of a part, in its unit; money in the workspace's currency. */
export const takenText = (value: number, unit: string, { locale, texts, currency }: Reader): string =>
  formatValue(value, unit === "money" ? { unit, currency } : { unit }, locale, texts);

export const factValueText = (part: ExplainedPart, fact: ExplainedFact, reader: Reader): string =>
  `${takenText(fact.value, part.unit, reader)}${weightText(part, fact, reader.locale)}`;

/** How an event stands to its fact; nothing where the fact is born of it. */
export const roleText = ({ as: [role] }: ExplainedEvent, { explained }: Texts): string =>
  role === "cause" || role === "creation" ? explained.roles[role] : "";

/** Parts often rest on the same facts: those are shown once. */
export const restsOnSame = (a: ExplainedPart, b: ExplainedPart): boolean =>
  a.facts.length > 0 &&
  a.facts_count === b.facts_count &&
  a.facts.length === b.facts.length &&
  a.facts.every(({ fact_id, value }, index) => {
    const other = b.facts[index];
    return other?.fact_id === fact_id && other.value === value;
  });
