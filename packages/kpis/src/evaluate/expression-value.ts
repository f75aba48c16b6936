import { noValue } from "@leadwire/funnel";
import type { EndsTake, Expression } from "../expression.ts";
import { addRational, divideRational, multiplyRational, negateRational, type Rational, rational } from "../rational.ts";
import type { LeafSum } from "./leaf-sum.ts";
import type { BinPartial } from "./partial.ts";

/** What the leaves of an expression are worth for one group. */
export interface ExpressionContext {
  /** Undefined where nothing was asked: the leaf's window does not exist (`all` has no prior). */
  readonly leaf: (node: Expression) => LeafSum | undefined;
  readonly target: (metric: string) => Rational | null;
  readonly elapsed: () => Rational | null;
  readonly months: () => Rational | null;
}

const endsOf = ({ count, sum, ends }: LeafSum, take: EndsTake): bigint => {
  switch (take) {
    case "started":
      return count;
    case "startSum":
      return sum;
    default:
      return ends[take];
  }
};

const weighedOf = (bins: ReadonlyArray<BinPartial>, by: "bin" | "yearly"): Rational | null => {
  if (by === "bin") return rational(bins.reduce((total, [bin, , sum]) => total + sum * BigInt(bin), 0n));
  let total: Rational | null = rational(0n);
  for (const [bin, , sum] of bins) {
    const share = divideRational(rational(sum * 12n), rational(BigInt(bin)));
    total = total === null || share === null ? null : addRational(total, share);
  }
  return total;
};

/** How many reps: `(none)` is none, and a part whose facts cancel out has none. */
const ownersOf = (parts: LeafSum["parts"]): bigint =>
  BigInt(new Set(parts.filter(([name, taken]) => name !== noValue && taken !== 0n).map(([name]) => name)).size);

const ofLeaf = (node: Expression, leaf: LeafSum): Rational | null => {
  switch (node._tag) {
    case "Weighed":
      return weighedOf(leaf.bins, node.by);
    case "DistinctOwners":
      return rational(ownersOf(leaf.parts));
    case "Ends":
      return rational(endsOf(leaf, node.take));
    default:
      return rational(leaf.taken);
  }
};

type Branch = Extract<Expression, { readonly left: Expression }>;

const ofBranch = ({ _tag }: Branch, left: Rational, right: Rational): Rational | null => {
  switch (_tag) {
    case "Add":
      return addRational(left, right);
    case "Subtract":
      return addRational(left, negateRational(right));
    case "Multiply":
      return multiplyRational(left, right);
    case "Divide":
      return divideRational(left, right);
  }
};

/** The exact number of an expression; null where a part of it has no answer. */
export const valueOfExpression = (node: Expression, context: ExpressionContext): Rational | null => {
  switch (node._tag) {
    case "Whole":
      return rational(BigInt(node.value));
    case "Target":
      return context.target(node.metric);
    case "Elapsed":
      return context.elapsed();
    case "Months":
      return context.months();
    case "Positive": {
      const value = valueOfExpression(node.of, context);
      return value !== null && value.n > 0n ? value : null;
    }
    case "Add":
    case "Subtract":
    case "Multiply":
    case "Divide": {
      const [left, right] = [valueOfExpression(node.left, context), valueOfExpression(node.right, context)];
      return left === null || right === null ? null : ofBranch(node, left, right);
    }
    default: {
      const leaf = context.leaf(node);
      return leaf === undefined ? null : ofLeaf(node, leaf);
    }
  }
};
