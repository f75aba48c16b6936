import { metricsTopic } from "@leadwire/events";
import { originNames, slicesOf } from "@leadwire/stream";
import type { VerifyReport } from "./engine.ts";
import { AccountLogSide } from "./verify/account-log-side.ts";
import { Comparison } from "./verify/comparison.ts";
import { FoldedAnew } from "./verify/folded-anew.ts";
import { compareQuarantine } from "./verify/quarantine-side.ts";
import { slicesByKey } from "./verify/slice-text.ts";
import { storedFacts, storedSlices } from "./verify/stored-side.ts";
import type { VerifyContext } from "./verify/verify-context.ts";

/** Its tasks write no slices and facts of their own: they feed those of the account log. */
const passThroughTopic = "leadwire.accounts";

/**
 * Makes every slice, every fact, every record put aside and every record of the account log anew from the log, and
 * compares them, bit by bit, with what the tasks in this process hold, with the account log and with what ClickHouse
 * answers. What changes meanwhile is left out.
 */
export const verify = async (context: VerifyContext): Promise<VerifyReport> => {
  const { log, nowMs, generation } = context;
  const examples: Array<string> = [];
  const live = new Comparison("slices held live", examples);
  const stored = new Comparison("slices in ClickHouse", examples);
  const facts = new Comparison("facts in ClickHouse", examples);
  const quarantine = new Comparison("quarantined records in ClickHouse", examples);
  const sent = new Comparison("records of the account log", examples);
  const accountLog = new AccountLogSide(context, sent);
  await accountLog.read();
  const passThrough: Array<FoldedAnew> = [];
  const aside: Array<string> = [];
  let records = 0;
  for (const { topic, partition, position } of context.tasks) {
    const task = context.live?.find((each) => each.topic === topic && each.partition === partition);
    // One synchronous step: what a task holds stands for the position that it has moved on to.
    const held = task === undefined ? undefined : slicesByKey(slicesOf(task), nowMs);
    const heldAt = task?.position ?? position;
    const anew = new FoldedAnew(context, topic, partition);
    let isBeforeCut = true;
    anew.onAccountRecord = (to, record) => accountLog.sent(to, record, isBeforeCut);
    await anew.to(position);
    isBeforeCut = false;
    records += position;
    aside.push(...anew.aside);
    if (topic === passThroughTopic) passThrough.push(anew);
    else {
      const endOf = async (): Promise<number> => (await log.bounds({ topic, partition })).end;
      const writer = { origin: originNames[anew.task.origin], partition, from: position, endOf };
      const slices = await storedSlices(context, writer);
      const expected = slicesByKey(slicesOf(anew.task), nowMs);
      stored.compare(expected, slices.byKey, `table slices of ${metricsTopic(generation)}`, slices.moving);
      const rows = await storedFacts(context, writer);
      facts.compare(anew.facts, rows.byKey, "table facts_latest", rows.moving);
    }
    if (held === undefined) continue;
    await anew.to(heldAt);
    live.compare(slicesByKey(slicesOf(anew.task), nowMs), held, `task ${topic}/${partition}`);
  }
  if (accountLog.hasUnexplained) {
    // Subscriptions do not say where they come from: what was sent since is found by folding on.
    for (const anew of passThrough) await anew.to(accountLog.sourceEnd(passThroughTopic, anew.task.partition));
  }
  await accountLog.compareRest();
  await compareQuarantine(context, aside, quarantine);
  const comparisons = [...(context.live === undefined ? [] : [live]), stored, facts, quarantine, sent];
  const compared = comparisons.map(({ what, count, differences }) => ({ what, count, differences }));
  return { ok: compared.every(({ differences }) => differences === 0), records, compared, examples };
};
