import type { NumberFormat } from "../../board/board-definition.ts";
import { formatCount } from "../reader/number-format.ts";
import { type Counted, fill } from "./texts.ts";

const kept = new Map<string, Intl.PluralRules>();

/** The sentence in the form that its language has for this number: 1 plik, 2 pliki, 5 plików. */
export const counted = (forms: Counted, count: number, locale: string, format: NumberFormat = {}): string => {
  const rules = kept.get(locale) ?? new Intl.PluralRules(locale);
  kept.set(locale, rules);
  return fill(forms[rules.select(count)] ?? forms.other, { count: formatCount(count, locale, format) });
};
