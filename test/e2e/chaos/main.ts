/** `pnpm chaos [--seed S] [--faults N]`: breaks a whole cluster N times. Outcomes are kept in docs/reliability.md. */
import { parseArgs } from "node:util";
import { runChaos } from "./chaos-run.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    faults: { type: "string", default: "500" },
    rate: { type: "string", default: "60" },
    questions: { type: "string", default: "150" },
  },
});
const [seed, faults] = [Number(values.seed), Number(values.faults)];
const again = `pnpm chaos --seed ${seed} --faults ${faults}`;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));
try {
  const outcome = await runChaos({
    seed,
    faults,
    eventsPerSecond: Number(values.rate),
    questions: Number(values.questions),
    nowMs: Date.now,
    show: (line) => process.stdout.write(line),
  });
  const { acknowledged, differences, folder, records, slices, ledger, seconds } = outcome;
  const kinds = [...outcome.faults].map(([kind, count]) => `${count} ${kind}`).join(", ");
  process.stdout.write(
    `${faults} faults (seed ${seed}) in ${(seconds / 60).toFixed(1)} min: ${kinds}\n` +
      `${acknowledged.records} records acknowledged (${acknowledged.distinct.size} events), ` +
      `${acknowledged.repeatedRequests} requests sent again, ${acknowledged.refused} events refused for their clock\n` +
      `${records} events in the log, ${slices} slices; ledger ${JSON.stringify(ledger)}\n` +
      `${differences.length === 0 ? "No difference." : `${differences.length} DIFFERENCES, in ${folder}. Run it again: ${again}`}\n`,
  );
  process.exitCode = differences.length === 0 ? 0 : 1;
} catch (fault) {
  process.stdout.write(`${String(fault)}. Run it again: ${again}\n`);
  process.exitCode = 1;
}
