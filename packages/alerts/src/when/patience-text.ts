import { durationForms } from "@leadwire/funnel";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import type { Patience } from "../rule/rule.ts";
import { durationText, readDurationMs } from "./amount-text.ts";
import { type TextFault, WhenReader } from "./when-reader.ts";

const dayMs = 86_400_000;

export const patienceForms = `${durationForms}, 5 min of business hours, or 7 business days`;

/** `5 min`, `5 min of business hours`, `7 business days`. */
export const readPatience = (reader: WhenReader): Patience | undefined => {
  const at = reader.peek();
  const isBusinessDays = /^business$/iu.test(reader.peek(1).text) && /^days?$/iu.test(reader.peek(2).text);
  if (isBusinessDays) {
    const days = Number(at.text);
    if (!/^\d{1,4}$/u.test(at.text) || days < 1)
      return reader.refuse("a whole number of business days, from 1 to 9999");
    for (let taken = 0; taken < 3; taken += 1) reader.take();
    return { _tag: "BusinessDays", days };
  }
  const ms = readDurationMs(reader);
  if (ms === undefined) return undefined;
  if (!reader.takeWords("of", "business", "hours")) return { _tag: "Clock", ms };
  if (ms < dayMs) return { _tag: "BusinessTime", ms };
  return reader.refuseAt(at, "less than a day of business hours", "Write business days, such as 2 business days.");
};

/** As `readPatience` reads it. */
export const patienceText = (patience: Patience): string => {
  switch (patience._tag) {
    case "Clock":
      return durationText(patience.ms);
    case "BusinessTime":
      return `${durationText(patience.ms)} of business hours`;
    case "BusinessDays":
      return `${patience.days} business ${patience.days === 1 ? "day" : "days"}`;
  }
};

/** How long a patience is among others of its kind. */
export const lengthOf = (patience: Patience): number =>
  patience._tag === "BusinessDays" ? patience.days : patience.ms;

/** Reads a text that is a patience and nothing else. */
export const parsePatience = (text: string): Either<TextFault, Patience> => {
  const reader = new WhenReader(text);
  const patience = readPatience(reader);
  if (patience !== undefined && reader.end() !== undefined) return right(patience);
  if (reader.fault === undefined) throw new Error("a reader gave nothing and said nothing");
  return left(reader.fault);
};
