import { type Dimension, dimensions } from "@leadwire/funnel";
import { dimensionNamed } from "@leadwire/kpis";
import type { AbsenceCondition, Patience } from "../rule/rule.ts";
import { readMoneyMinor } from "./amount-text.ts";
import { didYouMean } from "./did-you-mean.ts";
import { readPatience } from "./patience-text.ts";
import { readWhere, type WhenContext } from "./threshold-text.ts";
import type { WhenReader } from "./when-reader.ts";

type What = AbsenceCondition["what"];

const forms = {
  lead: "lead without response for 5 min of business hours",
  deal: "deal without activity for 7 business days, or deal past its expected close",
} as const;

const atOnce: Patience = { _tag: "Clock", ms: 0 };

const readDimension = (reader: WhenReader): Dimension | undefined => {
  const { kind, text } = reader.peek();
  const known = ["rep", ...dimensions];
  const dimension = dimensionNamed(text);
  if (kind !== "word" || dimension === undefined)
    return reader.refuse(`a dimension: ${known.join(", ")}`, didYouMean(text, known));
  reader.take();
  return dimension;
};

const readWhat = (reader: WhenReader): readonly [What, Patience | undefined] | undefined => {
  if (reader.takeWords("lead")) {
    if (!reader.takeWords("without", "response", "for"))
      return reader.refuse("without response for", `Write ${forms.lead}.`);
    return ["lead_response", readPatience(reader)];
  }
  reader.takeWords("deal");
  if (reader.takeWords("without", "activity", "for")) return ["deal_activity", readPatience(reader)];
  if (!reader.takeWords("past", "its", "expected", "close"))
    return reader.refuse("without activity for, or past its expected close", `Write ${forms.deal}.`);
  return ["deal_close", reader.takeWords("by") ? readPatience(reader) : atOnce];
};

/** `worth 10000 EUR`, of deals; 0 where nothing is said. */
const readWorth = (reader: WhenReader, what: What, { currency }: WhenContext): number | undefined => {
  const at = reader.peek();
  if (!reader.takeWords("worth")) return 0;
  if (what === "lead_response") return reader.refuseAt(at, "no amount, as leads have none");
  return readMoneyMinor(reader, currency);
};

/** `lead without response for 5 min of business hours [where team=north]` and its like of deals. */
export const readAbsence = (reader: WhenReader, context: WhenContext): AbsenceCondition | undefined => {
  const found = readWhat(reader);
  if (found === undefined) return undefined;
  const [what, patience] = found;
  if (patience === undefined) return undefined;
  const before = readWorth(reader, what, context);
  if (before === undefined) return undefined;
  const where = readWhere(
    reader,
    () => readDimension(reader),
    (one, other) => one === other,
  );
  if (where === undefined) return undefined;
  const amountMinorMin = before === 0 ? readWorth(reader, what, context) : before;
  if (amountMinorMin === undefined || reader.end() === undefined) return undefined;
  return { _tag: "Absence", what, patience, where, amountMinorMin };
};
