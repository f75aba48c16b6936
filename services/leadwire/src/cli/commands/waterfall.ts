import { type DealFlow, moneyText, noNumber, type Waterfall, waterfallSteps, wholeText } from "@leadwire/kpis";
import type { WaterfallDocument } from "../../reports/waterfall.ts";
import type { CliContext } from "../context.ts";
import { exitOf, groupText, headText, printReport, type ReportOptions, reportArgs } from "../print-report.ts";
import { leftColumn, rightColumn, tableText } from "../table.ts";

export interface WaterfallOptions extends ReportOptions {
  readonly closing: string;
  readonly deals?: boolean;
  readonly limit: number;
}

const nameOf = (step: string): string => step.replace("_", " ");

/** Steps that no deal took are left out, but for the ones that every pipeline has. */
const always: ReadonlyArray<string> = ["created", "changed", "won", "lost"];
const stepsOf = (waterfalls: ReadonlyArray<Waterfall>) =>
  waterfallSteps.filter((step) => always.includes(step) || waterfalls.some(({ steps }) => steps[step].deals > 0));

const oneText = (waterfall: Waterfall, currency: string): string => {
  const row = (name: string, minor: number, deals: number): ReadonlyArray<string> => [
    name,
    moneyText(minor, currency),
    wholeText(deals),
  ];
  const { steps } = waterfall;
  return tableText(
    [leftColumn(""), rightColumn("amount"), rightColumn("deals")],
    [
      row("start", waterfall.start_minor, waterfall.start_deals),
      ...stepsOf([waterfall]).map((step) => row(nameOf(step), steps[step].amount_minor, steps[step].deals)),
      row("end", waterfall.end_minor, waterfall.end_deals),
    ],
  );
};

const groupsText = (waterfalls: ReadonlyArray<Waterfall>, currency: string): string => {
  const steps = stepsOf(waterfalls);
  const money = (minor: number): string => moneyText(minor, currency);
  return tableText(
    [leftColumn("group"), rightColumn("start"), ...steps.map((step) => rightColumn(nameOf(step))), rightColumn("end")],
    waterfalls.map((waterfall) => [
      groupText(waterfall.group),
      money(waterfall.start_minor),
      ...steps.map((step) => money(waterfall.steps[step].amount_minor)),
      money(waterfall.end_minor),
    ]),
  );
};

/** The steps a deal took; of several each with its amount, since they may cancel out. */
const happened = ({ steps, outcome }: DealFlow, currency: string): string => {
  const taken = waterfallSteps.flatMap((step) => {
    const minor = steps[step];
    if (minor === undefined) return [];
    return [{ name: step === "lost" && outcome === "no_decision" ? "no decision" : nameOf(step), minor }];
  });
  if (taken.length === 0) return "unchanged";
  return taken
    .map(({ name, minor }) => (taken.length === 1 ? name : `${name} ${moneyText(minor, currency)}`))
    .join(", ");
};

const dealsText = ({ deals, deals_total: total = 0, currency }: WaterfallDocument): string => {
  if (deals === undefined) return "";
  const rows = deals.map((deal) => [
    deal.lead_id,
    deal.deal_id,
    ...(deal.group.length === 0 ? [] : [deal.group.join(", ")]),
    happened(deal, currency),
    deal.open_at_start ? moneyText(deal.start_minor, currency) : noNumber,
    deal.open_at_end ? moneyText(deal.end_minor, currency) : noNumber,
    moneyText(deal.end_minor - deal.start_minor, currency),
  ]);
  const grouped = deals.some(({ group }) => group.length > 0) ? [leftColumn("group")] : [];
  const columns = [
    leftColumn("lead"),
    leftColumn("deal"),
    ...grouped,
    leftColumn("what happened"),
    rightColumn("start"),
    rightColumn("end"),
    rightColumn("difference"),
  ];
  const cut =
    deals.length < total
      ? `The ${wholeText(deals.length)} of ${wholeText(total)} with the largest steps; --limit N shows more.\n`
      : "";
  return `\n${tableText(columns, rows)}${cut}`;
};

/** The waterfall, for people. */
export const waterfallText = (document: WaterfallDocument, timeZone: string): string => {
  const { waterfalls, currency } = document;
  const [first] = waterfalls;
  const isOne = waterfalls.length === 1 && first !== undefined && groupText(first.group) === "";
  const verdict = waterfalls.every(({ adds_up }) => adds_up)
    ? "It adds up: start + every step = end, and both ends are the open pipeline at these instants."
    : "It does NOT add up to the open pipeline. Run npx leadwire verify.";
  return [
    isOne ? oneText(first, currency) : groupsText(waterfalls, currency),
    verdict,
    "Won: as closed. Lost (with no decision): as the deal stood last. Changes within the window net out.",
    dealsText(document),
    headText(document, timeZone),
  ].join("\n");
};

export const waterfall = async (context: CliContext, options: WaterfallOptions): Promise<number> => {
  const { closing, deals, limit } = options;
  const args = reportArgs(options, { closing, deals: deals === true ? "true" : undefined, limit: String(limit) });
  const document = await printReport<WaterfallDocument>(context, options, "waterfall", args, waterfallText);
  return exitOf(document.waterfalls.every(({ adds_up }) => adds_up));
};
