import { factsView, isoText, type ReportScope, type UsageFault } from "@leadwire/kpis";
import { factsAsOf } from "@leadwire/store";
import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import { knowledgeAsOf } from "../engine/knowledge.ts";
import type { ReportArgs, ReportContext } from "./report.ts";
import { oneArg } from "./report-args.ts";
import type { ReportHead } from "./report-head.ts";

/** What a report may know. */
interface ReportKnowledge {
  readonly context: ReportContext;
  readonly facts: ReportScope["facts"];
  readonly head: Pick<ReportHead, "as_of" | "known_since">;
}

/** Facts of several kinds as one table; each kind is pruned by itself. */
const factsOfKinds = (asOfMs: number): ReportScope["facts"] => {
  return (...kinds) => {
    const [only, ...others] = kinds.map((kind) => factsAsOf(kind, asOfMs));
    if (only !== undefined && others.length === 0) return only;
    return `(${kinds.map((kind) => `SELECT * FROM ${factsAsOf(kind, asOfMs)}`).join(" UNION ALL ")})`;
  };
};

/** What is known now, or what the log knew at the argument `as_of`, by the time of appending. */
export const reportKnowledge = async (
  context: ReportContext,
  args: ReportArgs,
): Promise<Either<UsageFault, ReportKnowledge>> => {
  const text = oneArg(args, "as_of");
  if (isLeft(text)) return text;
  if (text.right === undefined) return right({ context, facts: () => factsView, head: {} });
  const known = await knowledgeAsOf(context.store, text.right, context.calendar, context.nowMs);
  if (isLeft(known)) return known;
  const { asOfMs, newestMs, knownSinceMs } = known.right;
  const since = knownSinceMs === undefined || knownSinceMs === null ? null : isoText(knownSinceMs);
  return right({
    context: { ...context, nowMs: asOfMs, newestMs },
    facts: factsOfKinds(asOfMs),
    head: { as_of: isoText(asOfMs), ...(knownSinceMs === undefined ? {} : { known_since: since }) },
  });
};
