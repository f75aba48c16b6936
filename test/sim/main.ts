import { parseArgs } from "node:util";
import { mutations } from "./mutations.ts";
import { simulate } from "./simulation.ts";

/** `pnpm sim --seeds N [--from S] [--mutation M]`: exit status 1 when a seed finds something. */

const usage = `pnpm sim --seeds N [--from S] [--mutation M]
Planted faults: ${[...mutations.keys()].join(", ")}`;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "300" },
    from: { type: "string", default: "1" },
    mutation: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const wholeNumber = (name: string, text: string): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  console.error(`--${name} is ${JSON.stringify(text)}; expected a whole number from 1 on.\n${usage}`);
  return process.exit(2);
};

if (values.help) {
  console.log(usage);
  process.exit(0);
}
const seeds = wholeNumber("seeds", values.seeds);
const from = wholeNumber("from", values.from);
const mutation = values.mutation === undefined ? undefined : mutations.get(values.mutation);
if (values.mutation !== undefined && mutation === undefined) {
  console.error(`There is no planted fault ${JSON.stringify(values.mutation)}.\n${usage}`);
  process.exit(2);
}

const startMs = performance.now();
const startCpu = process.cpuUsage();
let [steps, records, faults] = [0, 0, 0];
for (let seed = from; seed < from + seeds; seed += 1) {
  const outcome = await simulate(seed, mutation);
  steps += outcome.steps;
  records += outcome.records;
  faults += outcome.faults.length;
  if (outcome.findings.length > 0) {
    const replay = `pnpm sim --from ${seed} --seeds 1${mutation === undefined ? "" : ` --mutation ${mutation.name}`}`;
    console.log(`seed ${seed} failed after ${outcome.steps} steps; once more: ${replay}`);
    console.log(`what happened to it:\n  ${outcome.faults.join("\n  ") || "nothing"}`);
    console.log(`what differed:\n  ${outcome.findings.join("\n  ")}`);
    process.exit(1);
  }
  if ((seed - from + 1) % 1_000 === 0) {
    console.error(`${seed - from + 1} seeds, ${((performance.now() - startMs) / 1_000).toFixed(0)} s`);
  }
}
const { user, system } = process.cpuUsage(startCpu);
const cpuMs = (user + system) / 1_000 / seeds;
console.log(
  `${seeds} seeds from ${from} on: ${records} records, ${faults} faults, ${steps} steps, nothing differed; ` +
    `${((performance.now() - startMs) / seeds).toFixed(1)} ms a seed, ${cpuMs.toFixed(1)} ms of CPU`,
);
