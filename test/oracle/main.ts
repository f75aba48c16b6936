/** Asks random companies random questions and tells, by metric, where the engine and the oracle differ. */
import { parseArgs } from "node:util";
import { type Difference, differencesOf } from "./difference-run.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "40" },
    from: { type: "string", default: "1" },
    questions: { type: "string", default: "150" },
    metric: { type: "string", default: "" },
  },
});
const first = Number(values.from);
const all: Array<Difference> = [];
for (let seed = first; seed < first + Number(values.seeds); seed += 1) {
  all.push(...(await differencesOf(seed, Number(values.questions))));
}
const byMetric = Map.groupBy(all, ({ question }) => question.metric);
for (const [metric, differences] of [...byMetric].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  const example = differences.toSorted((a, b) => a.text.length - b.text.length)[0];
  console.log(`${metric}: ${differences.length}`);
  if (example === undefined || !metric.startsWith(values.metric)) continue;
  console.log(`  seed ${example.seed}, ${JSON.stringify(example.question)}\n  ${example.text.slice(0, 900)}`);
}
console.log(`${all.length} differences`);
