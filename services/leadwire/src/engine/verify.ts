import { metricsTopic } from "@leadwire/events";
import { originNames, slicesOf } from "@leadwire/stream";
import type { VerifyReport } from "./engine.ts";
import { Comparison } from "./verify/comparison.ts";
import { foldAnew } from "./verify/folded-anew.ts";
import { compareQuarantine } from "./verify/quarantine-side.ts";
import { slicesByKey } from "./verify/slice-text.ts";
import { storedFacts, storedSlices } from "./verify/stored-side.ts";
import type { TaskPosition, VerifyContext } from "./verify/verify-context.ts";

/** Tells the tasks that write nothing to slices and facts of their own apart: their topic feeds another task. */
const isOwnWriter = ({ topic }: TaskPosition): boolean => topic !== "leadwire.accounts";

/**
 * Makes every slice, every fact and every record put aside anew from the log, and compares them, bit by bit, with what
 * the tasks in this process hold and with what ClickHouse answers. What changes meanwhile is left out.
 */
export const verify = async (context: VerifyContext): Promise<VerifyReport> => {
  const { log, nowMs, generation } = context;
  const examples: Array<string> = [];
  const live = new Comparison("slices held live", examples);
  const stored = new Comparison("slices in ClickHouse", examples);
  const facts = new Comparison("facts in ClickHouse", examples);
  const quarantine = new Comparison("quarantined records in ClickHouse", examples);
  const aside: Array<string> = [];
  let records = 0;
  for (const position of context.tasks) {
    const { topic, partition } = position;
    const task = context.live?.find((each) => each.topic === topic && each.partition === partition);
    // One synchronous step: what a task holds stands for its position now.
    const cut = task === undefined ? position : { topic, partition, position: task.position };
    const held = task === undefined ? undefined : slicesByKey(slicesOf(task), nowMs);
    const anew = await foldAnew(context, cut);
    records += cut.position;
    aside.push(...anew.aside);
    const expected = slicesByKey(slicesOf(anew.task), nowMs);
    if (held !== undefined) live.compare(expected, held, `task ${topic}/${partition}`);
    if (!isOwnWriter(cut)) continue;
    const endOf = async (): Promise<number> => (await log.bounds({ topic, partition })).end;
    const writer = { origin: originNames[anew.task.origin], partition, from: cut.position, endOf };
    const slices = await storedSlices(context, writer);
    stored.compare(expected, slices.byKey, `table slices of ${metricsTopic(generation)}`, slices.moving);
    const rows = await storedFacts(context, writer);
    facts.compare(anew.facts, rows.byKey, "table facts_latest", rows.moving);
  }
  await compareQuarantine(context, aside, quarantine);
  const comparisons = [...(context.live === undefined ? [] : [live]), stored, facts, quarantine];
  const compared = comparisons.map(({ what, count, differences }) => ({ what, count, differences }));
  return { ok: compared.every(({ differences }) => differences === 0), records, compared, examples };
};
