import { defaultWorkspace, type FactRecord, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { type FactPart, plainFact } from "@leadwire/funnel/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import { catalogue as wholeCatalogue } from "../../catalogue/index.ts";
import {
  arraySource,
  type Catalogue,
  evaluateKpi,
  type KpiAnswer,
  type KpiQuestion,
  type PartialSource,
} from "../index.ts";

type TimedPart = Omit<FactPart, "factId" | "atMs"> &
  Partial<Pick<FactPart, "factId">> & { readonly at: string | number };

/** A fact of which only what matters to a test is stated. */
export const fact = ({ at, ...part }: TimedPart): FactRecord => {
  const atMs = typeof at === "number" ? at : Date.parse(at);
  return plainFact({ factId: `test/${part.kind}/${atMs}/${part.leadId ?? ""}`, atMs, ...part });
};

/** What a question is asked against, where it is not the default. */
export interface AskLines {
  readonly workspace?: Partial<Workspace>;
  readonly hasActivity?: boolean;
  readonly source?: PartialSource;
  readonly catalogue?: Catalogue;
}

/** Asks the whole catalogue (or another) over a list of facts; throws a usage fault's message. */
export const ask = async (
  facts: ReadonlyArray<FactRecord>,
  question: Omit<KpiQuestion, "atMs"> & { readonly at: string },
  { workspace = {}, hasActivity = true, source = arraySource(facts), catalogue = wholeCatalogue }: AskLines = {},
): Promise<ReadonlyArray<KpiAnswer>> => {
  const whole = { ...defaultWorkspace, ...workspace };
  const { at, ...rest } = question;
  const answers = await evaluateKpi(
    { ...rest, atMs: Date.parse(at) },
    {
      catalogue,
      workspace: whole,
      calendar: new ZoneCalendar(whole.timeZone),
      source,
      meta: { completeThroughMs: Date.parse(at), hasActivity },
    },
  );
  if (isLeft(answers)) throw new Error(answers.left.message);
  return answers.right;
};
