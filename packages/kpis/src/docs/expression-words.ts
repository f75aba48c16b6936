import type { EndsTake, Expression, Over } from "../expression.ts";
import type { Measure } from "../measure.ts";
import { factsOf, termWords, valueName } from "./term-words.ts";

const overWords: Readonly<Record<Over, string>> = {
  window: "",
  prior: " in the prior window",
  trailing_year: " in the 365 days before",
};

const endsWords = (of: Measure, take: EndsTake): string => {
  const accounts = `accounts by \`${of.kind}\``;
  const value = valueName(of);
  switch (take) {
    case "started":
      return `${accounts} at the window's start`;
    case "kept":
      return `${accounts} at the window's start that still are at its end`;
    case "startSum":
      return `Σ ${value} at the window's start of ${accounts}`;
    case "endSum":
      return `Σ ${value} at the window's end of ${accounts} at its start`;
    case "lesserSum":
      return `Σ of the lesser ${value} at the window's start and end of ${accounts} at its start`;
  }
};

const dueWords = ({ of, take, which }: Extract<Expression, { _tag: "Due" }>): string => {
  const when = which === "overdue" ? "on an earlier day" : "from the day read to the window's end";
  return `${termWords({ measures: [of], take })} expected to close ${when}`;
};

const signs = { Add: "+", Subtract: "−", Multiply: "×", Divide: "/" } as const;

const isOne = (node: Expression): boolean => node._tag === "Whole" && node.value === 1;

/** How tightly a node holds its parts together: what is in words least, a number most. */
const tightness = (node: Expression): number => {
  switch (node._tag) {
    case "Add":
    case "Subtract":
      return 1;
    case "Multiply":
    case "Divide":
      return 2;
    case "Whole":
    case "Elapsed":
    case "Months":
      return 3;
    default:
      return 0;
  }
};

/** In brackets where a reader would else join the parts otherwise; sums may be of words without any. */
const bracketed = (node: Expression, least: number): string => {
  const own = tightness(node);
  const isClear = own >= least || (own === 0 && least < 2);
  return isClear ? expressionWords(node) : `(${expressionWords(node)})`;
};

/** An expression in words. */
export const expressionWords = (node: Expression): string => {
  switch (node._tag) {
    case "Whole":
      return node.value.toLocaleString("en-US");
    case "Taken":
      return `${termWords(node.term)}${overWords[node.over]}`;
    case "Weighed": {
      const weight = node.by === "bin" ? "probability in 1/10,000" : "12 / months of the term";
      return `Σ ${valueName(node.of)} × ${weight} of ${factsOf(node.of)}${overWords[node.over]}`;
    }
    case "DistinctOwners":
      return `reps with any ${factsOf(node.of)}${overWords[node.over]}`;
    case "Ends":
      return endsWords(node.of, node.take);
    case "Due":
      return dueWords(node);
    case "Target":
      return `target of \`${node.metric}\` for the period and scope`;
    case "Elapsed":
      return "share of the period's business days that have begun";
    case "Months":
      return "the window's months";
    case "Positive":
      return `${expressionWords(node.of)}, where above 0`;
    default:
      return branchWords(node);
  }
};

const branchWords = (node: Extract<Expression, { readonly left: Expression }>): string => {
  const own = tightness(node);
  return `${bracketed(node.left, own)} ${signs[node._tag]} ${bracketed(node.right, own + 0.5)}`;
};

/** A quotient of two expressions in words; nothing is divided by 1. */
export const quotientWords = (numerator: Expression, denominator: Expression): string =>
  isOne(denominator) ? expressionWords(numerator) : `${bracketed(numerator, 2)} / ${bracketed(denominator, 2.5)}`;
