import { wholeText } from "@leadwire/kpis";
import type { VerifyReport } from "../../engine/engine.ts";
import { type CliContext, ExitCode, type SharedOptions } from "../context.ts";
import { safeText } from "../safe-text.ts";
import { tableText } from "../table.ts";
import { withEngine } from "../with-engine.ts";

export const verifyText = ({ ok, records, compared, examples }: VerifyReport): string => {
  const rows = compared.map(({ what, count, differences }) => [what, wholeText(count), wholeText(differences)]);
  const table = tableText(
    [
      { title: "compared", align: "left" },
      { title: "number", align: "right" },
      { title: "differences", align: "right" },
    ],
    rows,
  );
  const verdict = ok
    ? "Everything is the same, bit by bit."
    : "There are differences. npx leadwire rebuild folds the log anew; please report this.";
  const shown = examples.map((example) => `  ${safeText(example)}\n`).join("");
  return `${wholeText(records)} records were folded from scratch.\n\n${table}\n${verdict}\n${shown}`;
};

export const verify = async (context: CliContext, options: SharedOptions): Promise<number> => {
  const report = await withEngine(context, options, (engine) => {
    context.terminal.note("Folding the log from scratch, to compare …");
    return engine.verify();
  });
  await context.terminal.out(options.json === true ? `${JSON.stringify(report)}\n` : verifyText(report));
  return report.ok ? ExitCode.done : ExitCode.failed;
};
