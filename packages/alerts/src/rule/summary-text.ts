import { dimensions } from "@leadwire/funnel";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { durationText } from "../when/amount-text.ts";
import { didYouMean } from "../when/did-you-mean.ts";
import { patienceText } from "../when/patience-text.ts";
import type { TextFault } from "../when/when-reader.ts";
import type { AbsenceCondition, Comparator, Condition, NoDataCondition } from "./rule.ts";

/** The labels that a rule's alerts have of themselves: its groups and filters, or the lead or deal and its dimensions. */
export const ownLabels = (condition: Condition): ReadonlyArray<string> => {
  switch (condition._tag) {
    case "Threshold":
      return [...condition.by, ...condition.where.map(([name]) => name)];
    case "Absence":
      // A stage is none of them: a deal that moves on would be told of anew each time.
      return [condition.what === "lead_response" ? "lead" : "deal", ...dimensions.filter((name) => name !== "stage")];
    case "NoData":
      return ["source"];
    case "Engine":
      return [];
  }
};

export const comparatorWords: Readonly<Record<Comparator, string>> = {
  "<": "below",
  "<=": "at or below",
  ">": "above",
  ">=": "at or above",
};

const absenceSummary = ({ what, patience }: AbsenceCondition): string => {
  switch (what) {
    case "lead_response":
      return `Lead {{lead}} of {{owner}} has had no response for ${patienceText(patience)}`;
    case "deal_activity":
      return `Deal {{deal}} of {{owner}} has had no activity for ${patienceText(patience)}`;
    case "deal_close":
      return "Deal {{deal}} of {{owner}} is past its expected close";
  }
};

const silenceSummary = ({ patience }: NoDataCondition): string =>
  `Source {{source}} has been silent for ${patience._tag === "Usual" ? "longer than usual" : patienceText(patience)}`;

/** What an alert says of itself where its rule has no `summary`. */
export const defaultSummary = (condition: Condition): string => {
  switch (condition._tag) {
    case "Threshold": {
      const { question, window, by, where, comparator } = condition;
      const names = [...by, ...where.map(([name]) => name)];
      const groups = names.length === 0 ? "" : ` of ${names.map((name) => `{{${name}}}`).join(", ")}`;
      return `${question.name} ${window}${groups} is {{value}}, ${comparatorWords[comparator]} {{threshold}}`;
    }
    case "Absence":
      return absenceSummary(condition);
    case "NoData":
      return silenceSummary(condition);
    case "Engine":
      return condition.what === "lag"
        ? "The numbers are {{value}} behind the log"
        : `{{value}} records were put aside within ${durationText(condition.windowMs)}`;
  }
};

const values: ReadonlyArray<string> = ["value", "threshold", "numerator", "denominator"];

/** Checks the `{{names}}` of a summary against what an alert of the rule has. */
export const checkSummary = (text: string, labels: ReadonlyArray<string>): Either<TextFault, string> => {
  const known = [...values, ...labels];
  for (const { index, 0: whole, 1: inner = "" } of text.matchAll(/\{\{(.*?)(?:\}\}|$)/gu)) {
    const name = inner.trim();
    if (!whole.endsWith("}}")) return left({ index, expected: `"}}" behind {{`, found: "the end of the line" });
    if (known.includes(name)) continue;
    const hint = didYouMean(name, known);
    const fault = { index, expected: `one of ${known.map((entry) => `{{${entry}}}`).join(", ")}`, found: whole };
    return left(hint === undefined ? fault : { ...fault, hint });
  }
  return right(text);
};
