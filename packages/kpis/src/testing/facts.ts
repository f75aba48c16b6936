import {
  type Dimension,
  defaultWorkspace,
  dimensions,
  type FactRecord,
  noValue,
  type Workspace,
  ZoneCalendar,
} from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import { catalogue } from "../../catalogue/index.ts";
import { arraySource, evaluateKpi, type KpiAnswer, type KpiQuestion, type PartialSource } from "../index.ts";

const nowhere = Object.fromEntries(dimensions.map((dimension) => [dimension, noValue])) as Record<Dimension, string>;

type FactPart = Omit<Partial<FactRecord>, "dimensions"> & {
  readonly kind: FactRecord["kind"];
  readonly at: string | number;
  readonly dimensions?: Partial<Record<Dimension, string>>;
};

/** A fact of which only what matters to a test is stated. */
export const fact = ({ at, dimensions: stated, ...part }: FactPart): FactRecord => {
  const atMs = typeof at === "number" ? at : Date.parse(at);
  return {
    factId: `test/${part.kind}/${atMs}/${part.leadId ?? ""}`,
    atMs,
    outcome: "",
    count: 1,
    amountMinor: 0,
    costMinor: null,
    units: 0,
    durationMs: null,
    bin: null,
    cohortAtMs: null,
    leadId: "L1",
    dealId: "L1",
    accountId: "",
    ...part,
    dimensions: { ...nowhere, ...stated },
  };
};

export interface AskLines {
  readonly workspace?: Partial<Workspace>;
  readonly hasActivity?: boolean;
  readonly source?: PartialSource;
}

/** Asks the whole catalogue over a list of facts; throws a usage fault's message. */
export const ask = async (
  facts: ReadonlyArray<FactRecord>,
  question: Omit<KpiQuestion, "atMs"> & { readonly at: string },
  { workspace = {}, hasActivity = true, source = arraySource(facts) }: AskLines = {},
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
