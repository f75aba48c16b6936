import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { mutations } from "./mutations.ts";
import { simulate } from "./simulation.ts";

/** `pnpm sim`: exit status 1 when a seed finds something, 2 for wrong usage. */

const usage = `pnpm sim [--seeds N] [--from S] [--jobs J] [--mutation M]
  --seeds     how many seeds are run, 300 unless given
  --from      the first of them, 1 unless given
  --jobs      processes that share them, 1 unless given
  --mutation  plants a fault: ${[...mutations.keys()].join(", ")}
Example: pnpm sim --from 4711 --seeds 1`;

const wrongUsage = (found: string): never => {
  console.error(`${found}\n${usage}`);
  return process.exit(2);
};

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "300" },
    from: { type: "string", default: "1" },
    jobs: { type: "string", default: "1" },
    mutation: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const wholeNumber = (name: "seeds" | "from" | "jobs"): number => {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value > 0) return value;
  return wrongUsage(`--${name} is ${JSON.stringify(values[name])}; expected a whole number from 1 on.`);
};

const mutationOf = (name: string) =>
  mutations.get(name) ?? wrongUsage(`There is no planted fault ${JSON.stringify(name)}.`);

/** Shares the seeds out among processes; fails as soon as one of them does. */
const runJobs = async (from: number, seeds: number, jobs: number): Promise<void> => {
  const share = Math.ceil(seeds / jobs);
  const children = Array.from({ length: jobs }, (_, n) => {
    const args = ["--from", String(from + n * share), "--seeds", String(Math.min(share, seeds - n * share))];
    if (values.mutation !== undefined) args.push("--mutation", values.mutation);
    return spawn(process.execPath, [fileURLToPath(import.meta.url), ...args], { stdio: "inherit" });
  });
  await Promise.all(
    children.map(async (child) => {
      const [status] = await once(child, "exit");
      if (status === 0) return;
      process.exitCode = 1;
      for (const other of children) other.kill();
    }),
  );
};

const runSeeds = async (from: number, seeds: number): Promise<void> => {
  const mutation = values.mutation === undefined ? undefined : mutationOf(values.mutation);
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  const sum = { steps: 0, records: 0, faults: 0 };
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { steps, records, faults, findings } = await simulate(seed, mutation);
    sum.steps += steps;
    sum.records += records;
    sum.faults += faults.length;
    if (findings.length > 0) {
      const planted = mutation === undefined ? "" : ` --mutation ${mutation.name}`;
      console.log(`Seed ${seed} failed after ${steps} steps. Once more: pnpm sim --from ${seed} --seeds 1${planted}`);
      console.log(`What happened to it:\n  ${faults.join("\n  ") || "nothing"}`);
      console.log(`What differed:\n  ${findings.join("\n  ")}`);
      process.exitCode = 1;
      return;
    }
    const done = seed - from + 1;
    if (done % 1_000 === 0) console.error(`${done} of ${seeds} seeds from ${from} on, ${secondsSince(startMs)} s`);
  }
  const { user, system } = process.cpuUsage(startCpu);
  const cpuMs = ((user + system) / 1_000 / seeds).toFixed(1);
  console.log(
    `${seeds} seeds from ${from} on: ${sum.records} records, ${sum.faults} faults, ${sum.steps} steps, ` +
      `nothing differed; ${secondsSince(startMs)} s, ${cpuMs} ms of CPU a seed`,
  );
};

const secondsSince = (startMs: number): string => ((performance.now() - startMs) / 1_000).toFixed(0);

if (values.help) console.log(usage);
else {
  const [seeds, from, jobs] = [wholeNumber("seeds"), wholeNumber("from"), wholeNumber("jobs")];
  if (values.mutation !== undefined) mutationOf(values.mutation);
  if (jobs > 1 && seeds > 1) await runJobs(from, seeds, Math.min(jobs, seeds));
  else await runSeeds(from, seeds);
}
